using MlOpsBuild.Core;

namespace MlOpsBuild.Store.Stages.Tests;

/// <summary>A stage that reads another one's output from its file.</summary>
internal sealed class CopyStage(Func<string>? suffix = null) : Stage<Artifact, int>
{
    public int Runs { get; private set; }

    public override string Name => "copy";

    public override IReadOnlyList<StageInput> Key(Artifact input) => [new("source", input.Digest.ToString())];

    public override async Task<int> RunAsync(
        Artifact input, string outputDirectory, IProgress<string> progress, CancellationToken cancellationToken)
    {
        Runs++;
        var text = await File.ReadAllTextAsync(input.Path, cancellationToken);
        await File.WriteAllTextAsync(Path.Combine(outputDirectory, "copy.csv"), text + text + text + suffix?.Invoke(), cancellationToken);
        return text.Length;
    }
}
