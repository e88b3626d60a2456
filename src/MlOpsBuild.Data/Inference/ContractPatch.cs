using MlOpsBuild.Core.Fields;
using MlOpsBuild.Data.Contracts;

namespace MlOpsBuild.Data.Inference;

/// <summary>What a contract would have to say so that data keep it, as lines taken away and added.</summary>
public static class ContractPatch
{
    /// <summary>The lines, each with its sign; none where the data keep the contract column by column.</summary>
    /// <param name="contract">What is promised.</param>
    /// <param name="seen">What the data seem to promise.</param>
    public static IReadOnlyList<string> Of(DataContract contract, InferredContract seen)
    {
        var lines = new List<string>();
        foreach (var column in contract.Columns)
        {
            if (seen.Columns.FirstOrDefault(other => other.Name == column.Name) is not { } found)
            {
                lines.Add("- " + RecordText.Of(column));
            }
            else if (Widened(column, found) is var widened && RecordText.Of(widened) != RecordText.Of(column))
            {
                lines.Add("- " + RecordText.Of(column));
                lines.Add("+ " + RecordText.Of(widened));
            }
        }

        lines.AddRange(seen.Columns.Where(found => contract.Columns.All(column => column.Name != found.Name))
            .Select(found => "+ " + RecordText.Of(found with { Role = found.Role == ColumnRole.Label ? ColumnRole.Feature : found.Role })));
        return lines;
    }

    internal static ColumnContract Widened(ColumnContract column, ColumnContract found)
    {
        var rule = column.Rule;
        var fits = rule.Kind == found.Rule.Kind || found.Rule.Kind == FieldKind.Flag
            || (rule.Kind == FieldKind.Real && found.Rule.Kind == FieldKind.Whole) || rule.Kind == FieldKind.Text
            || (rule.Kind == FieldKind.Category && found.Rule.Categories == null);
        var areNumbers = rule.Kind is FieldKind.Whole or FieldKind.Real && found.Rule.Kind is FieldKind.Whole or FieldKind.Real;
        return column with
        {
            Nullable = column.Nullable || found.Nullable,
            Rule = rule with
            {
                Kind = fits ? rule.Kind : found.Rule.Kind,
                Minimum = !fits && !areNumbers ? found.Rule.Minimum
                    : rule.Minimum == null || found.Rule.Minimum == null ? rule.Minimum
                    : Math.Min(rule.Minimum.Value, found.Rule.Minimum.Value),
                Maximum = !fits && !areNumbers ? found.Rule.Maximum
                    : rule.Maximum == null || found.Rule.Maximum == null ? rule.Maximum
                    : Math.Max(rule.Maximum.Value, found.Rule.Maximum.Value),
                Categories = rule is { Categories: { } known, Kind: FieldKind.Category } && found.Rule.Categories is { } seen
                    ? [.. known, .. seen.Except(known)]
                    : rule.Categories,
                Optional = column.Nullable || found.Nullable,
            },
        };
    }
}
