using System.Reflection;
using MlOpsBuild.Core;
using MlOpsBuild.Core.Fields;

namespace MlOpsBuild.Data.Contracts;

/// <summary>Reads a contract from the attributes of a row record.</summary>
public static class ContractReader
{
    private static readonly Dictionary<Type, FieldKind> Types = new()
    {
        [typeof(double)] = FieldKind.Real,
        [typeof(int)] = FieldKind.Whole,
        [typeof(long)] = FieldKind.Whole,
        [typeof(bool)] = FieldKind.Flag,
        [typeof(DateOnly)] = FieldKind.Date,
        [typeof(DateTime)] = FieldKind.Time,
        [typeof(DateTimeOffset)] = FieldKind.Time,
        [typeof(string)] = FieldKind.Text,
    };

    /// <summary>The contract of <typeparamref name="TRow"/>, columns in declaration order.</summary>
    /// <exception cref="UsageException">The record declares no label or a type that no column can have; all problems at once.</exception>
    public static DataContract Of<TRow>()
    {
        var findings = new List<Finding>();
        var columns = Columns<TRow>(findings);
        if (columns.Count(column => column.Role == ColumnRole.Label) != 1)
        {
            findings.Add(new("MLB1001", $"Record {typeof(TRow).Name} must mark one property [Label]", Expected: "exactly one"));
        }

        var version = typeof(TRow).GetCustomAttribute<ContractVersionAttribute>()?.Version ?? 1;
        if (version < 1)
        {
            findings.Add(new(
                "MLB1003", "No version of a contract", typeof(TRow).Name, FormattableString.Invariant($"{version}"), "1 or more",
                "correct [ContractVersion]"));
        }

        return findings.Count == 0
            ? new(typeof(TRow).Name, columns) { Numbered = version > 1 ? version : null }
            : throw new UsageException($"The contract of {typeof(TRow).Name} is not usable", findings);
    }

    /// <summary>
    /// The columns of <typeparamref name="TRow"/> in declaration order; what is wrong with them goes to <paramref name="findings"/>.
    /// </summary>
    internal static IReadOnlyList<ColumnContract> Columns<TRow>(List<Finding> findings)
    {
        var nullability = new NullabilityInfoContext();
        var columns = typeof(TRow).GetProperties(BindingFlags.Instance | BindingFlags.Public)
            .Where(property => property.Name != "EqualityContract")
            .Select(property => Column(property, nullability, findings)).ToList();
        findings.AddRange(columns.GroupBy(column => column.Name).Where(group => group.Count() > 1)
            .Select(group => new Finding(
                "MLB1002", "Two properties read one column", typeof(TRow).Name, group.Key, "each column once",
                "correct a [Column] attribute")));
        findings.AddRange(columns.SelectMany(column => RoleProblems(typeof(TRow).Name, column)));
        return columns;
    }

    private static IEnumerable<Finding> RoleProblems(string record, ColumnContract column)
    {
        var where = $"{record}.{column.Property}";
        if (column is { Timestamp: not null, Nullable: true })
        {
            yield return new(
                "MLB1004", "A part of the time may not be missing", where, null, "a type that is not nullable", "remove the question mark");
        }

        if (column.Timestamp == TimestampPart.Day && column.Rule.Kind is not (FieldKind.Date or FieldKind.Time))
        {
            yield return new(
                "MLB1005", "The day of a timestamp must be a date", where, column.Rule.Kind.ToString(),
                "DateOnly, or DateTime with its time of day", "change the property's type");
        }

        if (column.Timestamp == TimestampPart.Hour && column.Rule.Kind != FieldKind.Whole)
        {
            yield return new(
                "MLB1006", "The hour of a timestamp must be a whole number", where, column.Rule.Kind.ToString(), "int",
                "change the property's type");
        }

        if (double.IsNaN(column.Rule.Minimum ?? 0) || double.IsNaN(column.Rule.Maximum ?? 0) || column.Rule.Minimum > column.Rule.Maximum)
        {
            yield return new(
                "MLB1007", "No range", where, FormattableString.Invariant($"{column.Rule.Minimum} to {column.Rule.Maximum}"),
                "two numbers, the smaller one first", "correct [Range]");
        }

        if (column.Rule.Zone is { } zone && (column.Rule.Kind != FieldKind.Time || !TimeZoneInfo.TryFindSystemTimeZoneById(zone, out _)))
        {
            yield return new(
                "MLB1008", "No time zone of a time", where, zone, "an IANA name such as Europe/Berlin, on a DateTime or DateTimeOffset",
                "correct [Zone]; on Debian, zones come with the package tzdata");
        }

        if (column.Positive is { } positive && !LabelClasses.NamesOf(column.Rule).Contains(positive))
        {
            yield return new(
                "MLB1010", "The positive class is none of the label's", where, positive,
                string.Join(", ", LabelClasses.NamesOf(column.Rule)), "correct [Label(positive: …)]");
        }
    }

    private static ColumnContract Column(PropertyInfo property, NullabilityInfoContext nullability, List<Finding> findings)
    {
        var type = Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType;
        if (!Types.TryGetValue(type.IsEnum ? typeof(string) : type, out var kind))
        {
            findings.Add(new(
                "MLB1011", "No column can hold this type", $"{property.DeclaringType!.Name}.{property.Name}", type.Name,
                string.Join(", ", Types.Keys.Select(known => known.Name))));
        }

        var range = property.GetCustomAttribute<RangeAttribute>();
        var categories = property.GetCustomAttribute<CategoriesAttribute>()?.Values ?? (type.IsEnum ? Enum.GetNames(type) : null);
        var leak = property.GetCustomAttribute<LeakAttribute>();
        var nullable = type != property.PropertyType
            || (!type.IsValueType && nullability.Create(property).ReadState == NullabilityState.Nullable);
        return new()
        {
            Rule = new(
                property.GetCustomAttribute<ColumnAttribute>()?.Name ?? property.Name,
                kind == FieldKind.Text && categories != null ? FieldKind.Category : kind,
                range?.Minimum,
                range?.Maximum,
                categories,
                nullable) { Zone = property.GetCustomAttribute<ZoneAttribute>()?.Name ?? (type == typeof(DateTimeOffset) ? "UTC" : null) },
            Property = property.Name,
            Role = leak != null ? ColumnRole.Leak
                : property.IsDefined(typeof(LabelAttribute)) ? ColumnRole.Label
                : property.IsDefined(typeof(IdentifierAttribute)) ? ColumnRole.Identifier
                : ColumnRole.Feature,
            Positive = property.GetCustomAttribute<LabelAttribute>()?.Positive,
            Note = leak?.Reason,
            Nullable = nullable,
            Unique = property.IsDefined(typeof(UniqueAttribute)) || property.IsDefined(typeof(IdentifierAttribute)),
            Timestamp = property.GetCustomAttribute<TimestampAttribute>()?.Part,
            PersonalData = property.IsDefined(typeof(PersonalDataAttribute)),
        };
    }
}
