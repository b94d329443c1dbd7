"""What the PyPI clients read from a site, as JSON: `read.py ADDRESS SCRATCH`."""

import json
import os
import subprocess
import sys
from pathlib import Path

import whadup
from prometheus_client.parser import text_string_to_metric_families

ADDRESS, SCRATCH = sys.argv[1], Path(sys.argv[2])


def facts(status, incidents, maintenance, components):
    return {
        "indicator": status["indicator"],
        "description": status["description"],
        "incidents": [{key: it[key] for key in ("name", "status", "impact")} for it in incidents],
        "maintenance": [{key: it[key] for key in ("name", "status")} for it in maintenance],
        "components": {it["name"]: it["status"] for it in components},
    }


def read_whadup():
    whadup.API_BASE_URL = f"{ADDRESS}/api/"
    client = whadup.GithubStatus()
    maintenance = client.Maintenances.active()["scheduled_maintenances"]
    maintenance += client.Maintenances.upcoming()["scheduled_maintenances"]
    assert len(client.Incidents()["incidents"]) >= len(client.summary()["incidents"])
    return facts(
        client.status()["status"],
        client.Incidents.unresolved()["incidents"],
        maintenance,
        client.components()["components"],
    )


def read_exporter():
    """The exporter tells metrics alone: the state of each component, what is open, and what maintenance there is."""
    services, metrics = SCRATCH / "services.json", SCRATCH / "metrics.prom"
    services.write_text(json.dumps({"ours": {"url": f"{ADDRESS}/api/v2/summary.json", "name": "Ours"}}))
    environment = dict(
        os.environ, SERVICES_JSON_PATH=str(services), METRICS_TEXTFILE_PATH=str(metrics), RUN_MODE="once", CLEAR_CACHE="true"
    )
    exporter = Path(sys.executable).parent / "statuspage-prometheus-exporter"
    subprocess.run([exporter], env=environment, cwd=SCRATCH, check=True, capture_output=True)
    families = {it.name: it.samples for it in text_string_to_metric_families(metrics.read_text())}
    # Where there is nothing it tells of one that is called "No Active Maintenance", or Incident.
    samples = lambda name: [
        it for it in families.get(f"statuspage_{name}", []) if not any(v.startswith("No Active") for v in it.labels.values())
    ]
    assert [it.value for it in samples("probe_check")] == [1], "the exporter could not read the site"
    incidents = {(it.labels["incident_name"], it.labels["impact"]) for it in samples("incident_info")}
    return {
        "incidents": [{"name": name, "impact": impact} for name, impact in sorted(incidents)],
        "maintenance": [{"name": name} for name in sorted({it.labels["maintenance_name"] for it in samples("maintenance_info")})],
        "components": {it.labels["component_name"]: "operational" if it.value else "broken" for it in samples("component_status")},
    }


print(json.dumps({"whadup": read_whadup(), "statuspage-prometheus-exporter": read_exporter()}))
