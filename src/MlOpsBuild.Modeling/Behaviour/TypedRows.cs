using System.Globalization;
using System.Linq.Expressions;
using System.Text.Json.Nodes;
using MlOpsBuild.Data.Contracts;
using MlOpsBuild.Scoring.Rows;

namespace MlOpsBuild.Modeling.Behaviour;

/// <summary>Makes a row of <typeparamref name="TRow"/> from a request: what a request does not carry has its type's default.</summary>
internal sealed class TypedRows<TRow>(DataContract contract)
{
    private readonly System.Reflection.ConstructorInfo _constructor =
        typeof(TRow).GetConstructors().OrderByDescending(constructor => constructor.GetParameters().Length).First();

    /// <summary>The row.</summary>
    public TRow Of(LabelledRow row)
    {
        var given = _constructor.GetParameters().Select(parameter => Value(row, parameter.Name!, parameter.ParameterType)).ToArray();
        var made = (TRow)_constructor.Invoke(given);
        foreach (var property in typeof(TRow).GetProperties()
            .Where(property => property.CanWrite && _constructor.GetParameters().All(known => known.Name != property.Name)))
        {
            property.SetValue(made, Value(row, property.Name, property.PropertyType));
        }

        return made;
    }

    /// <summary>Columns that <paramref name="condition"/> looks at and that no request carries.</summary>
    public IReadOnlyList<string> NotCarriedBy(LambdaExpression condition)
    {
        var seen = new MemberCollector();
        seen.Visit(condition.Body);
        return
        [
            .. contract.Columns.Where(column => seen.Names.Contains(column.Property)
                && (column.Role != ColumnRole.Feature || column.PersonalData)).Select(column => column.Name),
        ];
    }

    private object? Value(LabelledRow row, string property, Type type)
    {
        var column = contract.Columns.FirstOrDefault(
            column => string.Equals(column.Property, property, StringComparison.OrdinalIgnoreCase));
        var node = column == null ? null : row.Features[column.Name];
        var plain = Nullable.GetUnderlyingType(type) ?? type;
        return node == null
            ? (type.IsValueType ? Activator.CreateInstance(type) : null)
            : Convert(node.ToString(), plain, column!.Rule.Zone);
    }

    private static object? Convert(string text, Type type, string? zone) => type == typeof(string) ? text
        : type == typeof(bool) ? text == "1" || (bool.TryParse(text, out var flag) && flag)
        : type == typeof(DateOnly) ? DateOnly.Parse(text, CultureInfo.InvariantCulture)
        : type == typeof(DateTime) ? DateTime.Parse(text, CultureInfo.InvariantCulture)
        : type == typeof(DateTimeOffset) ? InZone(DateTime.Parse(text, CultureInfo.InvariantCulture), zone)
        : System.Convert.ChangeType(text, type, CultureInfo.InvariantCulture);

    // A request tells the time on the clock of the column's place.
    private static DateTimeOffset InZone(DateTime time, string? zone) =>
        new(time, zone == null ? TimeSpan.Zero : TimeZoneInfo.FindSystemTimeZoneById(zone).GetUtcOffset(time));

    private sealed class MemberCollector : ExpressionVisitor
    {
        public HashSet<string> Names { get; } = [];

        protected override Expression VisitMember(MemberExpression node)
        {
            if (node.Expression is ParameterExpression)
            {
                Names.Add(node.Member.Name);
            }

            return base.VisitMember(node);
        }
    }
}
