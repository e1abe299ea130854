import { CommandError } from './entry.mjs';

/** @typedef {{host: string, port: number}} TillAddress */
/**
 * What is asked of the machine and of the companion's code; a test gives its own.
 * @typedef {object} ShopPort
 * @property {(port: number) => Promise<boolean>} isPortTaken
 * @property {(port: number) => Promise<boolean>} isLaGrace whether it is a companion that has it
 * @property {(text: string) => TillAddress | null} parseTillAddress
 * @property {(address: TillAddress) => string} formatTillAddress
 */

/** Where the shop's programs meet, and where the app is served when a till program has that port. */
const sharedPort = 3030;
const besideTillPort = 3031;

/**
 * On which port to serve, and the till to work for. The shared port is ours unless a till is named, or a program that is
 * no companion holds it; then the app is served beside it. `says` is a line for the person at the keyboard.
 * @param {{upstream: unknown, port: number | null}} chosen what the command line says
 * @param {ShopPort} shopPort
 * @returns {Promise<{port: number, upstream: TillAddress | null, says: string | null}>}
 */
export async function chooseRole({ upstream, port }, shopPort) {
  if (typeof upstream === 'string') {
    const till = shopPort.parseTillAddress(upstream);
    if (!till) throw new CommandError(`--upstream attend l’adresse de la caisse, par exemple localhost:3030.`, 2);
    const says = `LaGrace travaille avec la caisse de ${shopPort.formatTillAddress(till)}.`;
    return { port: port ?? besideTillPort, upstream: till, says };
  }
  const wanted = port ?? sharedPort;
  const isHeldByTill =
    wanted === sharedPort && (await shopPort.isPortTaken(sharedPort)) && !(await shopPort.isLaGrace(sharedPort));
  if (!isHeldByTill) return { port: wanted, upstream: null, says: null };
  const says = `Le port ${sharedPort} est déjà celui d’un autre programme, sans doute la caisse : LaGrace travaille avec elle et s’ouvre sur le port ${besideTillPort}.`;
  return { port: besideTillPort, upstream: { host: 'localhost', port: sharedPort }, says };
}
