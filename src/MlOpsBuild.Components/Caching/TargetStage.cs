using MlOpsBuild.Core;

namespace MlOpsBuild.Components.Caching;

/// <summary>The work of a target as a stage: its outputs stand in the checkout rather than in a folder of the stage's own.</summary>
internal sealed class TargetStage(string target, OutputFiles outputs, Func<CancellationToken, Task> work) : Stage<TargetInput, TargetResult>
{
    private IReadOnlyDictionary<string, Artifact> _made = new Dictionary<string, Artifact>();

    public override string Name => target;

    public override IReadOnlyList<StageInput> Key(TargetInput input) =>
    [
        new("the build program", input.Program.ToString()),
        .. input.Files.Select(file => new StageInput(file.Name, file.Digest.ToString())),
        .. input.Values,
        StageInput.Of("outputs", input.Outputs),
    ];

    // What the target made stays where it is; the store takes a copy.
    public override IReadOnlyDictionary<string, Artifact> Kept(TargetInput input) => _made;

    public override async Task<TargetResult> RunAsync(
        TargetInput input, string outputDirectory, IProgress<string> progress, CancellationToken cancellationToken)
    {
        // An output of an earlier run must not pass for one of this run; whatever fails, nothing is lost.
        var earlier = await outputs.KeepAsync(cancellationToken);
        try
        {
            await outputs.PlaceAsync(OutputSet.Empty, cancellationToken);
            await work(cancellationToken);
            _made = await outputs.ReadAsync(cancellationToken);
            outputs.RequireAll(_made.Keys, target);
            return new(OutputFiles.Programs(_made));
        }
        catch
        {
            await outputs.PlaceAsync(earlier, CancellationToken.None);
            throw;
        }
    }
}
