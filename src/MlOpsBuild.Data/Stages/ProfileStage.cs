using MlOpsBuild.Core;
using MlOpsBuild.Data.Summaries;

namespace MlOpsBuild.Data.Stages;

/// <summary>Looks at a snapshot once, in bounded memory, and says what it looks like and which promises its cells break.</summary>
public sealed class ProfileStage : Stage<ValidateInput, DataSummary>
{
    /// <inheritdoc />
    public override string Name => "profile";

    /// <inheritdoc />
    public override IReadOnlyList<StageInput> Key(ValidateInput input) =>
        [.. input.Snapshot.Key, StageInput.Of("contract", input.Contract)];

    /// <inheritdoc />
    public override Task<DataSummary> RunAsync(
        ValidateInput input, string outputDirectory, IProgress<string> progress, CancellationToken cancellationToken) =>
        TableSummarizer.OfAsync(input.Contract.Name, input.Snapshot.Tables, input.Contract, progress, cancellationToken);
}
