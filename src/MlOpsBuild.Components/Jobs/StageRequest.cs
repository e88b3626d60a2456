using System.Text.Json.Serialization;
using MlOpsBuild.Core;
using MlOpsBuild.Data.Formats;

namespace MlOpsBuild.Components.Jobs;

/// <summary>A stage that is to run elsewhere: all that it reads, by name and digest.</summary>
/// <param name="Stage">The stage.</param>
/// <param name="Key">The key that it has at the build, and must have at the worker.</param>
/// <param name="Pipeline">The pipeline.</param>
/// <param name="Definitions">The pipeline's definitions that the stage reads: one, or of a proof the declared and the best.</param>
/// <param name="Data">The snapshot.</param>
internal sealed record StageRequest(
    string Stage, Digest Key, string Pipeline, IReadOnlyList<StageRequest.Definition> Definitions, StageRequest.Snapshot Data)
{
    /// <summary>Files of the trainer, by their path below the checkout.</summary>
    public IReadOnlyDictionary<string, Digest> Files { get; init; } = new Dictionary<string, Digest>();

    /// <summary>Of a trial or a proof: number of folds.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public int Folds { get; init; }

    /// <summary>Of a trial: share of the rows.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public double Share { get; init; }

    /// <summary>Of an evaluation: the model.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Digest? Model { get; init; }

    /// <summary>Of an evaluation: whether the model may run a program.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool RunsPrograms { get; init; }

    /// <summary>All content that it names, by digest.</summary>
    [JsonIgnore]
    public IEnumerable<Digest> Content =>
        Data.Files.Concat(Data.Joined).Concat(Files.Values).Concat(Model is { } model ? [model] : []).Distinct();

    /// <summary>Values of the pipeline's parameters, and the rows that are trained on.</summary>
    internal sealed record Definition(IReadOnlyDictionary<string, string> Parameters, string Window);

    /// <summary>Files of data, and what feature views gave their rows.</summary>
    internal sealed record Snapshot(
        IReadOnlyList<string> Names, IReadOnlyList<Digest> Files, IReadOnlyList<Digest> Joined, int HeldOut, TableFormat Format,
        TableFormat HeldOutFormat);
}
