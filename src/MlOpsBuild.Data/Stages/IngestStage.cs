using System.Globalization;
using MlOpsBuild.Core;
using MlOpsBuild.Data.Simulation;

namespace MlOpsBuild.Data.Stages;

/// <summary>Takes a snapshot of the source, so that everything after it reads content that cannot change.</summary>
/// <param name="view">The feature view whose rows it takes; null for those of the pipeline.</param>
public sealed class IngestStage(string? view = null) : Stage<IngestInput, Snapshot>
{
    /// <inheritdoc />
    public override string Name => view == null ? "ingest" : $"ingest-{view}";

    /// <inheritdoc />
    public override IReadOnlyList<StageInput> Key(IngestInput input) => 
    [
        .. input.Source.Simulation is { } simulation ? (StageInput[])[Key(simulation)] : [],
        .. input.Files.Select((file, index) => new StageInput(
            string.Create(CultureInfo.InvariantCulture, $"file {index + 1}"), $"{file.Digest} {file.Name}", file.Name)),
        .. input.HeldOut > 0 ? (StageInput[])[new("held out", input.HeldOut.ToString(CultureInfo.InvariantCulture))] : [],
    ];

    // The code of a simulator from elsewhere is in no stage's key: what it writes is.
    private static StageInput Key(Simulator simulation) => simulation.GetType().Assembly == typeof(IngestStage).Assembly
        ? StageInput.Of<object>("simulation", simulation)
        : new("simulation", Digest.Of(simulation.Write()).ToString(), simulation.Describe());

    /// <inheritdoc />
    public override IReadOnlyDictionary<string, Artifact> Kept(IngestInput input) => input.Files
        .Select((file, index) => (Name: NumberedName(index + Simulated(input).Length, file.Name), File: file))
        .ToDictionary(file => file.Name, file => file.File);

    /// <inheritdoc />
    public override async Task<Snapshot> RunAsync(
        IngestInput input, string outputDirectory, IProgress<string> progress, CancellationToken cancellationToken)
    {
        if (input.Source.Simulation is { } simulation)
        {
            await File.WriteAllBytesAsync(Path.Combine(outputDirectory, "00000.csv"), simulation.Write(), cancellationToken);
        }

        return new([.. Simulated(input), .. input.Files.Select(file => file.Name)], input.Source.IsSimulated) { HeldOut = input.HeldOut };
    }

    private static string[] Simulated(IngestInput input) => input.Source.IsSimulated ? ["simulated.csv"] : [];

    // The extension stays: it tells how the file is written.
    private static string NumberedName(int number, string name)
    {
        var dot = name.IndexOf('.', 1);
        return number.ToString("00000", CultureInfo.InvariantCulture) + (dot < 0 ? "" : name[dot..]);
    }
}
