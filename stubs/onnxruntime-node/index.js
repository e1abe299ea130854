throw new Error('onnxruntime-node is not installed here: LaGrace runs its models on onnxruntime-web.');
