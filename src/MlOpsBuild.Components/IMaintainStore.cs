using MlOpsBuild.Components.Flow;
using MlOpsBuild.Core;

namespace MlOpsBuild.Components;

/// <summary>Maintains what the build keeps and runs.</summary>
public interface IMaintainStore : IHazSession
{
    /// <summary>Ends the processes of the local environment.</summary>
    Target Stop => _ => _
        .Description("Ends the processes of the environment local")
        .Acts(this, (session, ct) => InspectionFlow.StopAsync(session, (this as IHazPipelines)?.Pipeline, ct));

    /// <summary>Proves that no entry of the audit log was changed, moved or taken out of its middle.</summary>
    Target VerifyAudit => _ => _
        .Description("Proves that no entry of the audit log was changed, moved or taken out (an end cut off is not noticed)")
        .Acts(this, async (session, ct) =>
        {
            var findings = await session.Store.Audit.VerifyAsync(ct);
            if (findings.Count > 0)
            {
                throw new StageFailedException("The audit log was changed", findings, Verdict.Failed);
            }

            session.Output.Good($"the audit chain holds: {(await session.Store.Audit.ReadAsync(ct)).Count} entries");
        });
}
