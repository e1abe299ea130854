/** Made by the plugin in scripts/espeak-data.mjs. */
declare module 'virtual:espeak' {
  const createEspeakModule: import('./ai/tts/espeak.ts').EspeakFactory;
  export default createEspeakModule;
}
declare module 'virtual:espeak-data' {
  const address: string;
  export default address;
}
