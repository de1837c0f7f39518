"""The papermill engine ``darlington-warm``: papermill's own, with kernels forked from the parent.

``papermill --engine darlington-warm …`` uses it too. Cells, timeouts, interrupts and dead kernels
are handled by nbclient as ever; only how a kernel starts is ours (`warm.WarmProvisioner`).
"""

from typing import Any

from jupyter_client.provisioning import KernelProvisionerFactory
from papermill.engines import NBClientEngine

from darlington_analysis.publishing import fork_server, kernel_pool


class WarmEngine(NBClientEngine):
    """Executes a notebook in a kernel forked from the warm parent, where that is to be had."""

    @classmethod
    def execute_managed_notebook(cls, nb_man: Any, kernel_name: str, **settings: Any) -> None:
        """Execute the notebook that ``nb_man`` manages, as papermill's own engine does."""
        factory = KernelProvisionerFactory.instance()
        before = factory.default_provisioner_name
        if kernel_pool.is_to_be_had():
            fork_server.start()
            factory.default_provisioner_name = kernel_pool.NAME
        try:
            super().execute_managed_notebook(nb_man, kernel_name, **settings)
        finally:
            factory.default_provisioner_name = before
