import "@/theme/index.css";
import { createPinia } from "pinia";
import { createApp, nextTick } from "vue";
import App from "./App.vue";
import { i18n } from "./i18n";
import { serveFrom, tellDrawn } from "./ipc/client";
import { heed } from "./ipc/events";
import { makeRouter } from "./router";
import { placeOf } from "./router/placeOf";
import { useSession } from "./stores/session";

async function start(): Promise<void> {
  const browser = import.meta.env.DEV && !("__TAURI_INTERNALS__" in window);
  // In a plain browser during development there is no façade to ask: an invented household answers.
  if (import.meta.env.DEV && browser) {
    const { sampleCommands } = await import("./dev");
    serveFrom(sampleCommands(new URLSearchParams(window.location.search)));
  }
  const app = createApp(App).use(createPinia()).use(i18n);
  const session = useSession();
  await session.refresh();
  const router = makeRouter();
  if (import.meta.env.DEV && browser) router.addRoute({ path: "/parts", component: () => import("./dev/PartsPage.vue") });
  app.use(router);
  await router.isReady();
  app.mount("#app");
  await heed({
    lockRequested: () => void session.lock(),
    sessionChanged: () => void session.refresh(),
    dialogOpen: (open) => (session.dialog = open),
    openRequested: (what) => void router.push(placeOf(what)),
    filesDropped: () => {
      if (session.state === "unlocked") void router.push({ name: "import", query: { dropped: String(performance.now()) } });
    },
  });
  await nextTick();
  // Two frames: one to lay out, one to be seen.
  requestAnimationFrame(() => requestAnimationFrame(() => void tellDrawn()));
}

void start();
