using MlOpsBuild.Core;
using MlOpsBuild.Data.Contracts;
using MlOpsBuild.Data.Drift;

namespace MlOpsBuild.Data.Stages;

/// <summary>Compares rows with the reference: those that are newer than it, where there are some, else all.</summary>
public sealed class DriftStage : Stage<DriftInput, DriftResult>
{
    /// <inheritdoc />
    public override string Name => "drift";

    /// <inheritdoc />
    public override IReadOnlyList<StageInput> Key(DriftInput input) =>
    [
        .. input.Snapshot.Key, StageInput.Of("contract", input.Contract), StageInput.Of("reference", input.Reference),
        StageInput.Of("reference contract", input.ReferenceContract),
        StageInput.Of("policy", input.Policy),
    ];

    /// <inheritdoc />
    public override async Task<DriftResult> RunAsync(
        DriftInput input, string outputDirectory, IProgress<string> progress, CancellationToken cancellationToken)
    {
        var table = await input.Snapshot.ReadValidatedAsync(input.Contract, cancellationToken);
        int[] newer = input.Reference.Last is { } last && table.Times.Count > 0
            ? [.. Enumerable.Range(0, table.Rows).Where(row => table.Times[row] > last)]
            : [];
        var rows = newer.Length > 0 ? table.Select(newer) : table;
        var reference = input.Reference.Columns
            .Where(column => column.Bins != null && rows.Columns.ContainsKey(column.Name) && IsAlike(input, column.Name))
            .ToDictionary(column => column.Name, column => column.Bins!);
        var result = DriftTest.Of(
            reference, rows.Columns.Where(column => reference.ContainsKey(column.Key)).ToDictionary(), rows.Times, rows.Rows, input.Policy);
        return newer.Length > 0 ? result with { Newer = true } : result;
    }

    private static bool IsAlike(DriftInput input, string name) => IsShown(input.ReferenceContract, name)
        && IsShown(input.Contract, name)
        && input.Contract.HasCategoriesOf(input.ReferenceContract, name);

    private static bool IsShown(DataContract contract, string name) =>
        contract.Columns.FirstOrDefault(column => column.Name == name) is { PersonalData: false };
}
