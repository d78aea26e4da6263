// Loaded ahead of the program (node --import): takes over the settings in .env, if there is one. Node's own
// --env-file-if-exists does the same, and says each time that the file is not there.
try {
  process.loadEnvFile();
} catch (error) {
  if (error.code !== 'ENOENT') throw error;
}
