import type { ChartEmbed, PictureLink, ShareLink } from "@b24kit/client";
import { uuid } from "./generator.ts";

const WHEN = "2026-05-12T11:05:00Z";

export const linkSample: ShareLink = {
  id: uuid(200),
  url: "https://b24.example.com/demo/shared.html#link=signed",
  expiresAt: "2026-05-19T11:05:00Z",
  password: true,
  filters: null,
  createdAt: WHEN,
  createdBy: "u1",
  revokedAt: null,
  opened: 3,
  lastUsedAt: WHEN,
  lastOrigin: null,
};

export const embedSample: ChartEmbed = {
  id: uuid(210),
  content: { kind: "dashboard", id: uuid(100) },
  can: ["view"],
  filters: null,
  origins: ["https://partners.example.com"],
  createdAt: WHEN,
  createdBy: "key:site",
  issued: 64,
  used: 41,
  lastUsedAt: WHEN,
  lastOrigin: "https://partners.example.com",
  revokedAt: null,
};

const pictureLinkSample: PictureLink = {
  id: uuid(220),
  url: "https://b24.example.com/api/v1/charts/pictures/00000000-0000-4000-8000-000000000220.signed",
  expiresAt: "2031-05-12T11:05:00Z",
  filters: null,
  createdAt: WHEN,
  createdBy: "u1",
  revokedAt: null,
  used: 128,
  lastUsedAt: WHEN,
  lastOrigin: "https://partners.example.com",
};

export const pictureLinkReply = (method: string): object =>
  method === "POST" ? pictureLinkSample : { links: [{ ...pictureLinkSample, id: uuid(221), url: null }] };
