// 大屏, the page marked data-screen: turns its slides over by itself, keeps itself fresh, stays up for days.

import { Freshness } from "./screen/freshness.js";
import { listenToKeys } from "./screen/keys.js";
import { fillTheRoom } from "./screen/room.js";
import { Turning } from "./screen/turning.js";

const screen = document.querySelector("[data-screen]");
const turning = new Turning(screen);

turning.adopt(screen.querySelector("[data-screen-deck]"), location.hash.slice(1));
listenToKeys(turning, screen.dataset.leaveHref);
fillTheRoom(screen);
new Freshness(screen, (deck) => turning.adopt(deck)).begin();
