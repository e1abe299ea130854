throw new Error('sharp is not installed here: LaGrace reads no images.');
