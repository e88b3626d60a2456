using MlOpsBuild.Core;

namespace MlOpsBuild.Store.Stages.Tests;

/// <summary>A stage that declares environment variables; its input is their names.</summary>
internal sealed class DeclaringStage : Stage<IReadOnlyList<string>, string>
{
    public override string Name => "declaring";

    public override IReadOnlyList<StageInput> Key(IReadOnlyList<string> input) => [new("after", "all", "all")];

    public override IReadOnlyList<string> Variables(IReadOnlyList<string> input) => input;

    public override Task<string> RunAsync(
        IReadOnlyList<string> input, string outputDirectory, IProgress<string> progress,
        CancellationToken cancellationToken) => Task.FromResult("done");
}
