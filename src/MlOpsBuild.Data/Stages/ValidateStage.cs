using MlOpsBuild.Core;
using MlOpsBuild.Data.Expectations;
using MlOpsBuild.Data.Profiles;
using MlOpsBuild.Data.Tables;

namespace MlOpsBuild.Data.Stages;

/// <summary>Checks a snapshot against its contract and profiles it; fails with every finding at once.</summary>
public sealed class ValidateStage : Stage<ValidateInput, ValidatedData>
{
    /// <summary>Output: the rows that were left out, with the reasons; not there where none were.</summary>
    public const string QuarantineFileName = "quarantine.csv";

    /// <inheritdoc />
    public override string Name => "validate";

    /// <inheritdoc />
    public override IReadOnlyList<StageInput> Key(ValidateInput input) =>
        [.. input.Snapshot.Key, StageInput.Of("contract", input.Contract)];

    /// <inheritdoc />
    public override async Task<ValidatedData> RunAsync(
        ValidateInput input, string outputDirectory, IProgress<string> progress, CancellationToken cancellationToken)
    {
        ReadResult read;
        using (var quarantine = new QuarantineFile(Path.Combine(outputDirectory, QuarantineFileName)))
        {
            read = await input.Snapshot.ReadAsync(input.Contract, quarantine, cancellationToken);
        }

        var table = read.Table ?? throw SnapshotFiles.Refusal(read);
        var broken = (input.Contract.Expectations ?? [])
            .Select(expectation => (expectation.Severity, Finding: expectation.Check(table)))
            .Where(found => found.Finding != null)
            .ToLookup(found => found.Severity, found => found.Finding!);
        if (broken[Severity.Error].Any())
        {
            throw new StageFailedException(
                "The data breaks its contract", [.. broken[Severity.Error], .. broken[Severity.Warning]], Verdict.Failed);
        }

        var hasTimes = table.Times.Count > 0;
        return new(table.Rows, hasTimes ? table.Times[0] : null, hasTimes ? table.Times[^1] : null, DataProfile.Of(table)) 
        {
            Quarantined = read.Quarantined, Findings = read.Findings, Warnings = [.. broken[Severity.Warning]],
        };
    }
}
