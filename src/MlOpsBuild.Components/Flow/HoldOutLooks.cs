using MlOpsBuild.Components.Session;
using MlOpsBuild.Core;
using MlOpsBuild.Modeling.Evaluation;

namespace MlOpsBuild.Components.Flow;

/// <summary>Counts how many models the same held-out rows have judged: the more, the sooner one passes by luck.</summary>
internal static class HoldOutLooks
{
    /// <summary>The rows' digest, and the models they have judged, <paramref name="model"/> among them.</summary>
    public static async Task<(Digest HoldOut, int Looks)> CountAsync(
        RunSession session, string pipeline, Digest model, Artifact predictions, CancellationToken cancellationToken)
    {
        var set = CanonicalJson.Deserialize<PredictionSet>(await File.ReadAllBytesAsync(predictions.Path, cancellationToken));
        var rows = Digest.Of(CanonicalJson.Serialize(new Rows(set.Labels, set.Block)));
        var judged = (await session.Store.Runs.OfAsync(pipeline, cancellationToken)).Where(run => run.HoldOut == rows)
            .Select(run => run.Model)
            .OfType<Digest>()
            .Append(model)
            .Distinct();
        return (rows, judged.Count());
    }

    private sealed record Rows(double[] Labels, int[] Block);
}
