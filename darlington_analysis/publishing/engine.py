"""The papermill engine ``darlington-warm``: papermill's own, with kernels forked from the parent.

A separate module: papermill loads it while it is itself being imported.

``papermill --engine darlington-warm …`` uses it too. Cells, timeouts, interrupts and dead kernels
are handled by nbclient as ever; only how a kernel starts is ours (`kernels.WarmProvisioner`).
"""

import ast
from typing import Any

from jupyter_client.provisioning import KernelProvisionerFactory
from papermill.engines import NBClientEngine

from darlington_analysis.core.errors import UsageError
from darlington_analysis.publishing import kernels


class WarmEngine(NBClientEngine):
    """Executes a notebook in a kernel forked from the warm parent, where that is to be had."""

    @classmethod
    def execute_managed_notebook(cls, nb_man: Any, kernel_name: str, **settings: Any) -> None:
        """Execute the notebook that ``nb_man`` manages, as papermill's own engine does.

        Raises UsageError for a parameter that the notebook does not have: papermill would run it
        with the default in place of what a misspelt one asked for.
        """
        _refuse_unknown_parameters(nb_man.nb)
        factory = KernelProvisionerFactory.instance()
        before = factory.default_provisioner_name
        if kernels.is_to_be_had():
            kernels.start()
            factory.default_provisioner_name = kernels.NAME
        try:
            super().execute_managed_notebook(nb_man, kernel_name, **settings)
        finally:
            factory.default_provisioner_name = before


def _refuse_unknown_parameters(notebook: Any) -> None:
    given = set(notebook.metadata.get("papermill", {}).get("parameters", {}))
    known = {
        target.id
        for cell in notebook.cells
        if "parameters" in cell.metadata.get("tags", [])
        for line in ast.parse(cell.source).body
        if isinstance(line, ast.Assign | ast.AnnAssign)
        for target in getattr(line, "targets", None) or [line.target]
        if isinstance(target, ast.Name)
    }
    if unknown := sorted(given - known):
        raise UsageError(
            f"The notebook has no parameter {unknown[0][:60]}",
            f"Its parameters: {', '.join(sorted(known)) or 'none'}.",
            "correct what stands behind -p",
        )
