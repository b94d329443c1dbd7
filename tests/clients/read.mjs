// What the npm clients read from a site, as JSON: `node read.mjs FOLDER_OF_MODULES ADDRESS`.
import { createRequire } from "node:module";
import { join } from "node:path";

const [modules, address] = process.argv.slice(2);
const require = createRequire(join(modules, "package.json"));

const facts = ({ status, incidents, maintenance, components }) => ({
  indicator: status.indicator,
  description: status.description,
  incidents: incidents.map(({ name, status, impact }) => ({ name, status, impact })),
  maintenance: maintenance.map(({ name, status }) => ({ name, status })),
  components: Object.fromEntries(components.map(({ name, status }) => [name, status])),
});

async function statuspageIo() {
  const { Statuspage } = require("statuspage.io");
  const client = new Statuspage("any");
  client.setApiUrl(address);
  const { status } = await client.api.getStatus();
  const { incidents } = await client.api.incidents.getUnresolved();
  const { components } = await client.api.getComponents();
  const summary = await client.api.getSummary();
  // This client asks for what is upcoming whatever one asks it for, so what is under way is in the summary alone.
  const { scheduled_maintenances: upcoming } = await client.api.scheduledMaintenances.getAll();
  const active = summary.scheduled_maintenances.filter((it) => it.status !== "scheduled");
  const { incidents: all } = await client.api.incidents.getAll();
  if (!incidents.every((it) => all.some((other) => other.id === it.id))) throw new Error("one is not among all");
  return facts({ status, incidents, maintenance: [...active, ...upcoming], components });
}

async function aero() {
  const { StatusPageClient } = require("@aero/statuspage");
  // A client keeps the path that it went last, so that each question takes a new one.
  const client = () => new StatusPageClient(address);
  const summary = await client().summary();
  const { status } = await client().status();
  const incidents = await client().incidents(true);
  const maintenance = [...(await client().maintenances(1)), ...(await client().maintenances(2))];
  const tree = await client().components();
  if (summary.maintenances.length !== maintenance.length) throw new Error("the summary has other maintenance");
  return facts({ status, incidents, maintenance, components: tree.flatMap((it) => [it, ...it.children]) });
}

console.log(JSON.stringify({ "statuspage.io": await statuspageIo(), "@aero/statuspage": await aero() }));
