import { fileURLToPath, URL } from "node:url";
import vue from "@vitejs/plugin-vue";
import { VantResolver } from "@vant/auto-import-resolver";
import Components from "unplugin-vue-components/vite";
import type { Plugin } from "vite";
import { defineConfig } from "vitest/config";

/** Vant's icon sheet names a font on the network. Ashore never asks the network for anything and draws its own icons. */
const withoutVantIconFont: Plugin = {
  name: "without-vant-icon-font",
  enforce: "pre",
  load: (id) => (/[\\/]vant[\\/](es|lib)[\\/]icon[\\/]index\.css/.test(id) ? "" : null),
};

export default defineConfig({
  plugins: [
    withoutVantIconFont,
    vue(),
    // Only Vant is imported by name; our own parts are imported where they are used, so that a reader sees from where.
    Components({ dirs: [], dts: false, resolvers: [VantResolver()] }),
  ],
  define: {
    // The content security policy forbids eval: the legacy and developer parts of vue-i18n stay out.
    __VUE_I18N_FULL_INSTALL__: false,
    __VUE_I18N_LEGACY_API__: false,
    __INTLIFY_PROD_DEVTOOLS__: false,
    __VUE_OPTIONS_API__: true,
    __VUE_PROD_DEVTOOLS__: false,
  },
  resolve: { alias: { "@": fileURLToPath(new URL("./src", import.meta.url)) } },
  build: {
    target: "es2022",
    cssTarget: "safari16.4",
    sourcemap: false,
    chunkSizeWarningLimit: 900,
  },
  test: {
    environment: "happy-dom",
    include: ["src/**/*.test.ts", "tests/**/*.test.ts"],
    server: { deps: { inline: ["vant"] } },
    css: false,
    clearMocks: true,
  },
});
