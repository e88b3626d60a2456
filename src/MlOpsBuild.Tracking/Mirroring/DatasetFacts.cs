using System.Text.Json.Nodes;
using MlOpsBuild.Core;
using MlOpsBuild.Core.Fields;
using MlOpsBuild.Data.Contracts;
using MlOpsBuild.Store.Runs;

namespace MlOpsBuild.Tracking.Mirroring;

/// <summary>The data of a run as MLflow's lineage knows it.</summary>
internal static class DatasetFacts
{
    private const int LongestName = 500;

    // MLflow keeps 36 characters; the whole digest stands in the source.
    private const int Digits = 32;

    /// <summary>What MLflow calls the digest of <paramref name="data"/>.</summary>
    public static string DigestOf(Digest data) => data.Hex[..Digits];

    /// <summary>The data set, as <c>log-inputs</c> takes it.</summary>
    /// <param name="run">The run; it took data in.</param>
    /// <param name="contract">The contract that the data kept, or null where it is not known here.</param>
    public static JsonObject Of(RunRecord run, DataContract? contract)
    {
        var dataset = new JsonObject
        {
            ["name"] = Excerpt.Of(run.DataSource is { Length: > 0 } named ? named : run.Pipeline, LongestName - 1),
            ["digest"] = DigestOf(run.Data!.Value),
            ["source_type"] = run.Simulated ? "code" : run.DataSource?.Contains("://", StringComparison.Ordinal) == true ? "http" : "local",
            ["source"] = new JsonObject { ["uri"] = run.DataSource, ["sha256"] = run.Data.Value.Hex }.ToJsonString(),
        };
        if (contract != null)
        {
            dataset["schema"] = new JsonObject
            {
                ["mlflow_colspec"] = new JsonArray([.. contract.Columns.Select(column => new JsonObject
                {
                    ["name"] = column.Name, ["type"] = TypeOf(column.Rule.Kind), ["required"] = !column.Nullable,
                })]),
            }.ToJsonString();
        }

        if (run.Rows is { } rows)
        {
            dataset["profile"] = new JsonObject { ["num_rows"] = rows }.ToJsonString();
        }

        return new()
        {
            ["tags"] = new JsonArray(new JsonObject { ["key"] = "mlflow.data.context", ["value"] = "training" }),
            ["dataset"] = dataset,
        };
    }

    private static string TypeOf(FieldKind kind) => kind switch
    {
        FieldKind.Real => "double",
        FieldKind.Whole => "long",
        FieldKind.Flag => "boolean",
        FieldKind.Date or FieldKind.Time => "datetime",
        _ => "string",
    };
}
