import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';

// Development only: the server that answers /config.json, the feed and the mailbox. The
// Cognito calls go straight to the `endpoint` of /config.json, which allows other origins.
const server = process.env['POOLHOUSE_URL'] ?? 'http://localhost:8001';

export default defineConfig({
  plugins: [react()],
  build: {
    // The server sends `default-src 'self'`: data: URLs would be refused.
    assetsInlineLimit: 0,
    target: 'es2022',
  },
  server: {
    port: 5173,
    proxy: {
      '/config.json': server,
      '/api': server,
      '/dev': server,
      '/mailbox': server,
      '/ws': { target: server, ws: true },
    },
  },
  test: { include: ['test/**/*.test.ts'] },
});
