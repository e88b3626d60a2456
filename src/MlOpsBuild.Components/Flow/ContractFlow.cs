using MlOpsBuild.Components.Session;
using MlOpsBuild.Core;
using MlOpsBuild.Data.Contracts;
using MlOpsBuild.Data.Differences;
using MlOpsBuild.Delivery.Deployments;
using MlOpsBuild.Packaging.Bundles;

namespace MlOpsBuild.Components.Flow;

/// <summary>A pipeline's contract beside the champion's: callers rely on that one.</summary>
internal static class ContractFlow
{
    /// <summary>Refuses a contract that breaks the champion's and does not say so by its version.</summary>
    /// <exception cref="StageFailedException">It does.</exception>
    public static async Task CheckAsync(RunSession session, PipelineRun run, CancellationToken cancellationToken)
    {
        if (await session.ChampionAsync(run.Specification.Name, cancellationToken) is not { } champion)
        {
            return;
        }

        var bundle = await Bundle.OpenAsync(session.Store, champion.Bundle, cancellationToken);
        var promised = CanonicalJson.Deserialize<DataContract>(
            await File.ReadAllBytesAsync((await bundle.PartAsync(BundlePart.Contract, cancellationToken)).Path, cancellationToken));
        if (ContractChanges.Unannounced(promised, run.Specification.Contract) is { Count: > 0 } breaking)
        {
            throw new StageFailedException($"The contract breaks what champion v{champion.Number} promises", breaking, Verdict.Failed);
        }

        foreach (var change in ContractChanges.Between(promised, run.Specification.Contract))
        {
            session.Output.Line($"contract since v{champion.Number}: {change.Text}");
        }
    }
}
