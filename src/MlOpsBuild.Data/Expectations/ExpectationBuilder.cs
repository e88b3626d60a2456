using System.Linq.Expressions;
using MlOpsBuild.Core;
using MlOpsBuild.Core.Fields;
using MlOpsBuild.Data.Contracts;

namespace MlOpsBuild.Data.Expectations;

/// <summary>Collects what the rows of a data set promise together.</summary>
public sealed class ExpectationBuilder<TRow>
{
    private readonly DataContract _contract;
    private readonly List<Expectation> _expectations = [];
    private readonly List<Finding> _findings = [];

    internal ExpectationBuilder(DataContract contract) => _contract = contract;

    /// <summary>What was collected.</summary>
    internal IReadOnlyList<Expectation> Expectations => _expectations;

    /// <summary>What cannot be promised.</summary>
    internal IReadOnlyList<Finding> Findings => _findings;

    /// <summary>No two rows are equal.</summary>
    /// <param name="severity">What follows when some are.</param>
    public ExpectationBuilder<TRow> NoRepeatedRows(Severity severity = Severity.Error) =>
        Add(new KeyExpectation([.. _contract.Columns.Where(IsKept).Select(column => column.Name)]) { OfRows = true }, severity);

    /// <summary>No two rows have the same values in these columns.</summary>
    /// <param name="columns">One property, or several: <c>x => new { x.Station, x.Day }</c>.</param>
    /// <param name="severity">What follows when some have.</param>
    public ExpectationBuilder<TRow> Key<T>(Expression<Func<TRow, T>> columns, Severity severity = Severity.Error) =>
        Add(new KeyExpectation([.. (columns.Body is NewExpression several ? several.Arguments : [columns.Body]).Select(Column)]), severity);

    /// <summary>Rows follow one another in steps of equal length.</summary>
    /// <param name="step">The step, above zero.</param>
    /// <param name="missingAtMost">How many steps may be left out in all.</param>
    /// <param name="severity">What follows when they do not.</param>
    public ExpectationBuilder<TRow> Every(TimeSpan step, int missingAtMost = 0, Severity severity = Severity.Error)
    {
        Require(step > TimeSpan.Zero, "Every", step.ToString(), "a time above zero");
        Require(_contract.Columns.Any(column => column.Timestamp == TimestampPart.Day), "Every", null, "a property marked [Timestamp]");
        return Add(new StepExpectation(step, missingAtMost), severity);
    }

    /// <summary>A column does not keep one value for long.</summary>
    /// <param name="column">The column.</param>
    /// <param name="atMost">How many rows one after the other may have the same value, at least 1.</param>
    /// <param name="severity">What follows when it does.</param>
    public ExpectationBuilder<TRow> StuckAtMost<T>(Expression<Func<TRow, T>> column, int atMost, Severity severity = Severity.Error)
    {
        Require(atMost >= 1, "StuckAtMost", FormattableString.Invariant($"{atMost}"), "at least 1");
        return Add(new StuckExpectation(Column(column.Body), atMost), severity);
    }

    /// <summary>Of a column whose values may be missing, few are.</summary>
    /// <param name="column">The column, of a nullable property.</param>
    /// <param name="atMost">The share that may be missing, in [0, 1).</param>
    /// <param name="severity">What follows when more are.</param>
    public ExpectationBuilder<TRow> MissingAtMost<T>(Expression<Func<TRow, T>> column, double atMost, Severity severity = Severity.Error)
    {
        Require(atMost is >= 0 and < 1, "MissingAtMost", FormattableString.Invariant($"{atMost}"), "a share from 0 on and below 1");
        return Add(new MissingExpectation(Column(column.Body), atMost), severity);
    }

    /// <summary>How many rows there are.</summary>
    /// <param name="atLeast">Fewest.</param>
    /// <param name="atMost">Most; any number when left out.</param>
    /// <param name="severity">What follows when there are not.</param>
    public ExpectationBuilder<TRow> Rows(int atLeast, int? atMost = null, Severity severity = Severity.Error)
    {
        Require(atLeast >= 0, "Rows, at least", FormattableString.Invariant($"{atLeast}"), "0 or more");
        Require(atMost is null || atMost >= atLeast, "Rows, at most", FormattableString.Invariant($"{atMost}"), "not fewer than at least");
        return Add(new RowsExpectation(atLeast, atMost), severity);
    }

    /// <summary>The number of rows is like that of the last run that had other data.</summary>
    /// <param name="atLeast">Smallest share of the rows of then, for example 0.9.</param>
    /// <param name="atMost">Largest share; any number when left out.</param>
    /// <param name="severity">What follows when it is not.</param>
    public ExpectationBuilder<TRow> RowsBesideLast(double atLeast, double? atMost = null, Severity severity = Severity.Error)
    {
        Require(atLeast >= 0, "RowsBesideLast, at least", FormattableString.Invariant($"{atLeast}"), "a share, 0 or more");
        Require(
            atMost is null || atMost >= atLeast, "RowsBesideLast, at most", FormattableString.Invariant($"{atMost}"),
            "a share that is not smaller than at least");
        return Add(new BesideLastExpectation(atLeast, atMost), severity);
    }

    /// <summary>The newest row is not old.</summary>
    /// <param name="within">How old it may be.</param>
    /// <param name="severity">What follows when it is older.</param>
    public ExpectationBuilder<TRow> Fresh(TimeSpan within, Severity severity = Severity.Error)
    {
        Require(_contract.Columns.Any(column => column.Timestamp == TimestampPart.Day), "Fresh", null, "a property marked [Timestamp]");
        return Add(new FreshExpectation(within), severity);
    }

    /// <summary>Something that holds in every row: <c>Rule("they add up", x => x.Casual + x.Registered == x.Count)</c>.</summary>
    /// <param name="words">What, in words.</param>
    /// <param name="holds">Columns, numbers, arithmetic, comparisons, <c>&amp;&amp; || !</c>; a missing value says nothing.</param>
    /// <param name="severity">What follows when it does not.</param>
    public ExpectationBuilder<TRow> Rule(string words, Expression<Func<TRow, bool>> holds, Severity severity = Severity.Error) =>
        Add(new RelationExpectation(words, new FormulaReader(_contract).Read(holds)), severity);

    private static bool IsKept(ColumnContract column) =>
        column.Rule.Kind != FieldKind.Text || column.Role is ColumnRole.Feature or ColumnRole.Identifier;

    private ExpectationBuilder<TRow> Add(Expectation expectation, Severity severity)
    {
        _expectations.Add(expectation with { Severity = severity });
        return this;
    }

    private void Require(bool condition, string where, string? value, string expected)
    {
        if (!condition)
        {
            _findings.Add(new("MLB1016", "This cannot be expected of rows", where, value, expected, "correct the expectation"));
        }
    }

    private string Column(Expression part) => _contract.Taken(part)?.Name ?? throw new UsageException(
        new Finding("MLB1017", "Not a property of the row", "the contract", part.ToString(), "x => x.Property"));
}
