using MlOpsBuild.Core;
using MlOpsBuild.Data.Profiles;

namespace MlOpsBuild.Data.Stages;

/// <summary>Checks a snapshot against its contract and profiles it; fails with every finding at once.</summary>
public sealed class ValidateStage : Stage<ValidateInput, ValidatedData>
{
    /// <inheritdoc />
    public override string Name => "validate";

    /// <inheritdoc />
    public override IReadOnlyList<StageInput> Key(ValidateInput input) =>
        [.. input.Snapshot.Key, StageInput.Of("contract", input.Contract)];

    /// <inheritdoc />
    public override async Task<ValidatedData> RunAsync(ValidateInput input, string outputDirectory, IProgress<string> progress, CancellationToken cancellationToken)
    {
        var table = await input.Snapshot.ReadValidatedAsync(input.Contract, cancellationToken);
        var hasTimes = table.Times.Count > 0;
        return new(table.Rows, hasTimes ? table.Times[0] : null, hasTimes ? table.Times[^1] : null, DataProfile.Of(table));
    }
}
