module.exports = async () => {
  await globalThis.__stopAnjie?.();
};
