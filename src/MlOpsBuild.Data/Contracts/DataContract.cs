using System.Linq.Expressions;
using MlOpsBuild.Core.Fields;
using MlOpsBuild.Core.Views;
using MlOpsBuild.Data.Expectations;

namespace MlOpsBuild.Data.Contracts;

/// <summary>What a data set promises, column by column in file order.</summary>
public sealed record DataContract(string Name, IReadOnlyList<ColumnContract> Columns)
{
    /// <summary>Its version: it goes up with changes that break somebody.</summary>
    /// <value>1.</value>
    [System.Text.Json.Serialization.JsonIgnore]
    public int Version => Numbered ?? 1;

    /// <summary>The version where it is not the first one.</summary>
    [System.Text.Json.Serialization.JsonInclude, System.Text.Json.Serialization.JsonPropertyName(
        "version"), System.Text.Json.Serialization.JsonIgnore(
            Condition = System.Text.Json.Serialization.JsonIgnoreCondition.WhenWritingNull)]
    internal int? Numbered { get; init; }

    /// <summary>The share of rows in [0, 1) that may break a promise: they are left out, and said to be.</summary>
    /// <value>0: one broken row fails.</value>
    [System.Text.Json.Serialization.JsonIgnore(Condition = System.Text.Json.Serialization.JsonIgnoreCondition.WhenWritingDefault)]
    public double Quarantine { get; init; }

    /// <summary>What the rows promise together; null for nothing.</summary>
    [System.Text.Json.Serialization.JsonIgnore(Condition = System.Text.Json.Serialization.JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<Expectation>? Expectations { get; init; }

    /// <summary>What rows take of feature views; null for nothing.</summary>
    [System.Text.Json.Serialization.JsonIgnore(Condition = System.Text.Json.Serialization.JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<JoinedView>? Views { get; init; }

    /// <summary>The column to predict.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public ColumnContract Label => Columns.Single(column => column.Role == ColumnRole.Label);

    /// <summary>Columns of personal data, whose values are shown nowhere.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public IReadOnlyList<string> Personal => [.. Columns.Where(column => column.PersonalData).Select(column => column.Name)];

    /// <summary>What a request may carry: the columns that are known when predicting.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public IReadOnlyList<FieldRule> KnownWhenPredicting =>
        [.. Columns.Where(column => column.Role == ColumnRole.Feature).Select(column => column.Rule)];

    /// <summary>
    /// Whether both list the same categories in a column: they are counted by their place in the list, which means
    /// something else in another one.
    /// </summary>
    internal bool HasCategoriesOf(DataContract other, string name) => CategoriesOf(name).SequenceEqual(other.CategoriesOf(name));

    /// <summary>The categories of a column; none where it is no category, or not there.</summary>
    internal IReadOnlyList<string> CategoriesOf(string name) =>
        Columns.FirstOrDefault(column => column.Name == name)?.Rule is { Kind: FieldKind.Category, Categories: { } categories }
            ? categories
            : [];

    /// <summary>Where the column stands that holds a part of the rows' time; −1 where none does.</summary>
    internal int PositionOf(TimestampPart part) => Columns.ToList().FindIndex(column => column.Timestamp == part);

    /// <summary>The column read from record property <paramref name="property"/>.</summary>
    public ColumnContract OfProperty(string property) => Columns.Single(column => column.Property == property);

    /// <summary>The column of the property that <paramref name="part"/> takes of a row; null where it takes none.</summary>
    /// <param name="part">The body of a lambda, such as <c>x.Property</c>.</param>
    internal ColumnContract? Taken(Expression part) =>
        (part as MemberExpression ?? (part as UnaryExpression)?.Operand as MemberExpression)
            is { Expression: ParameterExpression, Member.Name: var property }
            ? OfProperty(property)
            : null;

    /// <summary>The column called <paramref name="name"/>.</summary>
    public ColumnContract this[string name] => Columns.Single(column => column.Name == name);
}
