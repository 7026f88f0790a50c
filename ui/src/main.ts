import "@/theme/index.css";
import { createPinia } from "pinia";
import { createApp } from "vue";
import App from "./App.vue";
import { i18n } from "./i18n";
import { serveFrom } from "./ipc/client";
import { makeRouter } from "./router";
import { useSession } from "./stores/session";

async function start(): Promise<void> {
  // In a plain browser during development there is no façade to ask: an invented household answers.
  if (import.meta.env.DEV && !("__TAURI_INTERNALS__" in window)) {
    const { sampleCommands } = await import("./dev");
    serveFrom(sampleCommands(new URLSearchParams(window.location.search)));
  }
  const app = createApp(App).use(createPinia()).use(i18n);
  await useSession().refresh();
  const router = makeRouter();
  app.use(router);
  await router.isReady();
  app.mount("#app");
}

void start();
