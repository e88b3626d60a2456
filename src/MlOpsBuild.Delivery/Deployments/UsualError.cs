using MlOpsBuild.Core;
using MlOpsBuild.Scoring.Rows;

namespace MlOpsBuild.Delivery.Deployments;

/// <summary>What a version's errors usually are: the 90 % quantiles of too high and too low on its hold-out.</summary>
internal static class UsualError
{
    private const double Level = 0.9;

    public static async Task<(double OverBy, double UnderBy)> OfAsync(Artifact rows, CancellationToken cancellationToken)
    {
        var errors = new List<double>();
        await foreach (var line in File.ReadLinesAsync(rows.Path, cancellationToken))
        {
            var row = LabelledRow.Parse(line);
            errors.Add(row.Prediction - row.Label);
        }

        errors.Sort();
        return (Math.Max(0, Quantile.Of(errors, Level)), Math.Max(0, -Quantile.Of(errors, 1 - Level)));
    }
}
