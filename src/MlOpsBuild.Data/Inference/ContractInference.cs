using MlOpsBuild.Core;
using MlOpsBuild.Core.Fields;
using MlOpsBuild.Data.Contracts;
using MlOpsBuild.Data.Files;
using MlOpsBuild.Data.Formats;
using static System.FormattableString;

namespace MlOpsBuild.Data.Inference;

/// <summary>Reads a file once and says what it seems to promise: a beginning that a person corrects.</summary>
public static class ContractInference
{
    private const int MostCategories = 50;
    private const int RowsPerCategory = 20;
    private static readonly string[] LabelNames =
    [
        "label", "target", "y", "class", "cnt", "count", "quality", "survived", "price", "churn", "left", "outcome"
    ];

    /// <summary>The contract.</summary>
    /// <param name="file">The file; what its format declares is kept.</param>
    /// <param name="label">Name of the column to predict; null guesses it.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="StageFailedException">The file cannot be read.</exception>
    /// <exception cref="UsageException">There is no such column.</exception>
    public static async Task<InferredContract> OfAsync(TableFile file, string? label, CancellationToken cancellationToken)
    {
        var (facts, rows, format) = await ObserveAsync(file, cancellationToken);
        var chosen = label
            ?? facts.Select(column => column.Name).FirstOrDefault(name => LabelNames.Contains(name, StringComparer.OrdinalIgnoreCase))
            ?? (facts.LastOrDefault(column => CanBeLabel(column, rows)) ?? facts[^1]).Name;
        if (facts.All(column => column.Name != chosen))
        {
            throw new UsageException(new Finding(
                "MLB1046", "No such column", "--label", chosen, string.Join(", ", facts.Select(column => column.Name)),
                "name one of the file's columns"));
        }

        var names = new HashSet<string>(StringComparer.Ordinal);
        var day = facts.FirstOrDefault(column => column.Kind is FieldKind.Date or FieldKind.Time
            && column.Missing == 0
            && IsOrdered(column.Values));
        var hour = day is { Kind: FieldKind.Date } ? facts.FirstOrDefault(column => IsHour(column, day)) : null;
        var columns = facts.Select(column => Column(column, PropertyName(column.Name, names), chosen, rows, day, hour)).ToList();
        var relations = new ColumnRelations(facts, columns, chosen);
        columns = [.. relations.WithLeaks()];
        var timing = RowTiming.Of(day, hour);
        return new(rows, columns, format with
        {
            Missing = [.. format.Missing.Union(facts.SelectMany(column => column.MissingTexts))],
            DecimalComma = format.DecimalComma || facts.Any(column => column.HasCommas)
        })
        {
            Step = timing.Step, Days = timing.Days, Stuck = relations.Stuck(), Apart = relations.Apart(), Sums = relations.Sums,
            Pairs = relations.Pairs,
            Remarks =
            [
                label == null ? $"{chosen} is predicted: a guess by its name or place; --label says another one" : $"{chosen} is predicted",
                .. timing.Remarks,
                .. relations.Remarks(),
                .. columns.Where(column => column.PersonalData)
                    .Select(column => $"{column.Name} seems to tell of persons: it is marked [PersonalData], and never shown"),
                .. columns.Where(column => column.Role == ColumnRole.Identifier)
                    .Select(column => $"{column.Name} seems to name the row: it is marked [Identifier], and no feature"),
            ],
        };
    }

    private static async Task<(List<ColumnFacts> Facts, long Rows, TableFormat Format)> ObserveAsync(
        TableFile file, CancellationToken cancellationToken)
    {
        var named = await MissingHeader.NamedAsync(file, cancellationToken);
        await using var rows = await named.OpenRowsAsync([], hidesValues: false, cancellationToken);
        var facts = rows.Names.Select(name => new ColumnFacts(name)).ToList();
        var count = 0L;
        do
        {
            while (rows.Read())
            {
                if (rows.Problem is { } problem)
                {
                    throw new StageFailedException(problem);
                }

                if (count++ % 4096 == 0)
                {
                    cancellationToken.ThrowIfCancellationRequested();
                }

                for (var i = 0; i < facts.Count; i++)
                {
                    facts[i].Observe(rows.Cell(i));
                }
            }
        }
        while (await rows.LoadAsync(cancellationToken));
        return count > 0 ? (facts, count, named.Format) : throw new StageFailedException(
            new("MLB1047", "Header without rows", file.Name, null, "at least one row", "check the export that made it"));
    }

    private static ColumnContract Column(ColumnFacts facts, string property, string label, long rows, ColumnFacts? day, ColumnFacts? hour)
    {
        var categories = facts is { Kind: FieldKind.Text, Texts: { } texts }
            && texts.Count <= MostCategories
            && (texts.Count * RowsPerCategory <= rows || facts.Name == label)
            ? texts.Keys.Order(StringComparer.Ordinal).ToList()
            : null;
        var isNumber = facts.Kind is FieldKind.Whole or FieldKind.Real;
        var isUnique = facts.Missing == 0 && facts.Kind is FieldKind.Whole or FieldKind.Text && (facts.Texts is { } different
            ? different.Count == rows
            : AreDifferent(facts.Values));
        var isIdentifier = facts.Name != label && isUnique && rows > 1
            && (IsCounted(facts.Values) || IsNamedId(facts));
        var nullable = facts.Missing + (facts.Kind == FieldKind.Text ? 0 : facts.MissingByText) > 0;
        var kind = categories != null ? FieldKind.Category : facts.Kind;
        var isLabel = facts.Name == label;
        return new()
        {
            Rule = new(
                facts.Name, kind, isNumber && !isIdentifier ? facts.Minimum : null, isNumber && !isIdentifier ? facts.Maximum : null,
                categories, nullable)
            {
                Zone = kind == FieldKind.Time && facts.HasOffsets ? "UTC" : null,
            },
            Property = property,
            Nullable = nullable,
            Role = isLabel ? ColumnRole.Label : isIdentifier ? ColumnRole.Identifier : ColumnRole.Feature,
            Positive = isLabel && categories is { Count: 2 } ? categories[1] : null,
            Timestamp = facts == day ? TimestampPart.Day : facts == hour ? TimestampPart.Hour : null,
            PersonalData = !isLabel && (PersonalColumn.IsNamed(facts.Name) || (facts.Kind == FieldKind.Text && IsMail(facts))),
        };
    }

    // A free text is none, nor is what names the row or a person.
    private static bool CanBeLabel(ColumnFacts column, long rows) =>
        !PersonalColumn.IsNamed(column.Name)
        && (column.Kind is FieldKind.Whole or FieldKind.Real or FieldKind.Flag
            || (column is { Kind: FieldKind.Text, Texts: { } texts } && texts.Count is > 1 and <= MostCategories && texts.Count < rows))
        && !(IsNamedId(column) && AreDifferent(column.Values));

    private static bool IsNamedId(ColumnFacts column) => column.Name.EndsWith("id", StringComparison.OrdinalIgnoreCase);

    private static bool AreDifferent(List<double> values) => values.Distinct().Count() == values.Count;

    private static bool IsOrdered(List<double> values) => values.Zip(values.Skip(1)).All(pair => pair.First <= pair.Second);

    private static bool IsCounted(List<double> values) =>
        values.Count > 1 && values.Zip(values.Skip(1)).All(pair => pair.Second - pair.First == 1);

    private static bool IsHour(ColumnFacts column, ColumnFacts day) =>
        column is { Kind: FieldKind.Whole, Missing: 0, Minimum: >= 0, Maximum: <= 23 } && column.Maximum > 12
            && day.Values.Zip(column.Values, (date, hour) => (date * 24) + hour).ToList() is var times
            && times.Zip(times.Skip(1)).All(pair => pair.First < pair.Second);

    private static bool IsMail(ColumnFacts column) =>
        column.Texts is { Count: > 0 } texts && texts.Keys.Count(text => text.Contains('@', StringComparison.Ordinal)) * 2 > texts.Count;

    private static string PropertyName(string name, HashSet<string> taken)
    {
        var words = new System.Text.StringBuilder();
        var begins = true;
        foreach (var letter in name)
        {
            if (char.IsLetterOrDigit(letter))
            {
                words.Append(begins ? char.ToUpperInvariant(letter) : letter);
                begins = false;
            }
            else
            {
                begins = true;
            }
        }

        var property = words.Length == 0 || char.IsDigit(words[0]) ? $"Column{words}" : words.ToString();
        property = property is "EqualityContract" or "ToString" or "Equals" or "GetHashCode" or "GetType" or "Deconstruct"
            ? property + "Value"
            : property;
        var unique = property;
        for (var number = 2; !taken.Add(unique); number++)
        {
            unique = Invariant($"{property}{number}");
        }

        return unique;
    }
}
