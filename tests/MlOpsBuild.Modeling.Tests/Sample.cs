using MlOpsBuild.TestKit.Data;
using System.Text;
using MlOpsBuild.Data.Contracts;
using MlOpsBuild.Data.Tables;
using MlOpsBuild.Modeling.Evaluation;

namespace MlOpsBuild.Modeling.Tests;

/// <summary>Small tables and predictions for tests.</summary>
internal static class Sample
{
    /// <summary>The rows of a CSV text that keeps the contract of <typeparamref name="TRow"/>.</summary>
    public static DataTable Table<TRow>(string text)
    {
        var result = MemoryFiles.Read([("sample.csv", Encoding.UTF8.GetBytes(text))], ContractReader.Of<TRow>(), CancellationToken.None);
        result.Findings.ShouldBeEmpty();
        return result.Table!;
    }

    /// <summary>Predictions on <paramref name="days"/> days of <paramref name="perDay"/> rows with the label <c>row % 7</c>.</summary>
    public static PredictionSet Predictions(string name, int days, int perDay, Func<int, double> error)
    {
        var rows = Enumerable.Range(0, days * perDay).ToArray();
        return new(
            name,
            [.. rows.Select(row => row / perDay)],
            [.. rows.Select(row => (double)(row % 7))],
            [.. rows.Select(row => (row % 7) + error(row))],
            new Dictionary<string, double[]> { ["odd"] = [.. rows.Select(row => (double)(row % 2))] });
    }
}
