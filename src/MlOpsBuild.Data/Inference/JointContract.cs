using MlOpsBuild.Core.Fields;
using MlOpsBuild.Data.Contracts;
using MlOpsBuild.Data.Files;

namespace MlOpsBuild.Data.Inference;

/// <summary>A contract that several files keep: what each seems to promise, widened by the others.</summary>
public static class JointContract
{
    /// <summary>The contract of the columns that all files have, and hold one kind of value in.</summary>
    /// <param name="name">How it is called.</param>
    /// <param name="files">The files.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="Core.StageFailedException">A file cannot be read.</exception>
    public static async Task<DataContract> OfAsync(string name, IReadOnlyList<TableFile> files, CancellationToken cancellationToken)
    {
        var columns = (await ContractInference.OfAsync(files[0], null, cancellationToken)).Columns;
        foreach (var file in files.Skip(1))
        {
            var other = (await ContractInference.OfAsync(file, null, cancellationToken)).Columns.ToDictionary(column => column.Name);
            columns = [.. columns
                .Where(column => other.TryGetValue(column.Name, out var found) && AreAlike(column.Rule.Kind, found.Rule.Kind))
                .Select(column => Both(column, other[column.Name]))];
        }

        // Nothing is predicted here, but a contract has a label.
        return new(
            name,
            columns.Any(column => column.Role == ColumnRole.Label) || columns.Count == 0
                ? columns
                : [.. columns.SkipLast(1), columns[^1] with { Role = ColumnRole.Label }]);
    }

    private static ColumnContract Both(ColumnContract column, ColumnContract other)
    {
        var (one, two) = (AsNumber(column, other), AsNumber(other, column));
        var widened = ContractPatch.Widened(one, two);
        return widened with
        {
            Rule = widened.Rule with
            {
                Kind = one.Rule.Kind == FieldKind.Whole && two.Rule.Kind == FieldKind.Real ? FieldKind.Real : widened.Rule.Kind,
                Zone = column.Rule.Zone ?? other.Rule.Zone
            },
            Timestamp = column.Timestamp == other.Timestamp ? column.Timestamp : null,
            Unique = false,
            PersonalData = column.PersonalData || other.PersonalData,
        };
    }

    // Zeros and ones look like flags where there are few rows.
    private static ColumnContract AsNumber(ColumnContract column, ColumnContract other) =>
        column.Rule.Kind == FieldKind.Flag && other.Rule.Kind is (FieldKind.Whole or FieldKind.Real)
            ? column with
            {
                Rule = column.Rule with
                {
                    Kind = FieldKind.Whole, Minimum = other.Rule.Minimum == null ? null : 0, Maximum = other.Rule.Maximum == null ? null : 1
                }
            }
            : column;

    private static bool AreAlike(FieldKind one, FieldKind other) => one == other || (IsNumber(one) && IsNumber(other));

    private static bool IsNumber(FieldKind kind) => kind is FieldKind.Whole or FieldKind.Real or FieldKind.Flag;
}
