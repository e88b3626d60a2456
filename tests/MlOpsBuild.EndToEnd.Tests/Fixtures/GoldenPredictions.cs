using System.Text.Json;
using MlOpsBuild.Packaging.Bundles;
using MlOpsBuild.Scoring.Rows;

namespace MlOpsBuild.EndToEnd.Tests.Fixtures;

/// <summary>The rows of a bundle, each with what training predicted.</summary>
internal static class GoldenPredictions
{
    private const int Rows = 100;

    /// <summary>Whoever is called answers the rows of version 1 with the same bits.</summary>
    public static async Task RequireAsync(Checkout checkout, Caller caller)
    {
        var version = await checkout.Store.Versions(Checkout.Pipeline).FindAsync(1, CancellationToken.None);
        var rows = await (await Bundle.OpenAsync(checkout.Store, version!.Bundle, CancellationToken.None))
            .PartAsync(BundlePart.Rows, CancellationToken.None);
        foreach (var line in (await File.ReadAllLinesAsync(rows.Path)).Take(Rows))
        {
            var row = LabelledRow.Parse(line);
            using var told = JsonDocument.Parse((await caller.PredictAsync(row.Features.ToJsonString())).Body);
            told.RootElement.GetProperty("prediction").GetDouble().ShouldBe(row.Prediction.Value);
        }
    }
}
