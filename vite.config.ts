import tailwindcss from '@tailwindcss/vite';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

export default defineConfig({
  base: './',
  plugins: [react(), tailwindcss()],
  worker: { format: 'es' },
  build: { target: 'es2023', chunkSizeWarningLimit: 4000, manifest: true },
  optimizeDeps: { exclude: ['@electric-sql/pglite', 'libpg-query'] },
  server: { host: '127.0.0.1' },
  preview: { host: '127.0.0.1' },
});
