using System.Linq.Expressions;
using System.Text.Json;
using System.Text.Json.Nodes;
using MlOpsBuild.Core;
using MlOpsBuild.Core.Fields;
using MlOpsBuild.Data.Contracts;

namespace MlOpsBuild.Modeling.Behaviour;

/// <summary>Declares how a model must behave on held-out rows; a candidate that does not is not packaged.</summary>
public sealed class BehaviourBuilder<TRow>
{
    private readonly DataContract _contract;
    private readonly string _parameters;
    private readonly List<BehaviourTest> _tests = [];
    private readonly List<Finding> _findings = [];

    internal BehaviourBuilder(DataContract contract, string parameters) => (_contract, _parameters) = (contract, parameters);

    internal IReadOnlyList<BehaviourTest> Tests => _tests;

    internal IReadOnlyList<Finding> Findings => _findings;

    /// <summary>Minimum functionality: of these rows the model says what anybody would.</summary>
    /// <param name="claim">The claim, for example <c>rush hour is busy</c>.</param>
    /// <param name="rows">Which held-out rows it is about.</param>
    /// <param name="holds">What must hold of the prediction: a number, the probability of the positive class, or of many classes the
    /// largest probability.</param>
    /// <param name="atLeast">The share of those rows in (0, 1] that must hold it.</param>
    public BehaviourBuilder<TRow> Expect(
        string claim, Expression<Func<TRow, bool>> rows, Func<double, bool> holds, double atLeast = 1)
    {
        var typed = new TypedRows<TRow>(_contract);
        if (typed.NotCarriedBy(rows) is { Count: > 0 } lacking)
        {
            Add(nameof(Expect), string.Join(", ", lacking), "columns that are known when predicting, and not personal");
        }

        RequireShare(nameof(Expect), atLeast);
        var condition = rows.Compile();

        // Conditions are code: what they depend on is the module that they stand in, and the parameters that they may use.
        return With(new ExpectedRows(
            claim, row => condition(typed.Of(row)), holds, atLeast, $"{rows} {holds.Method.Module.ModuleVersionId} {_parameters}"));
    }

    /// <summary>What is predicted does not depend on a column.</summary>
    /// <param name="column">The column.</param>
    /// <param name="values">Values that are put in the place of a row's own; the contract's categories when none are given.</param>
    /// <param name="tolerance">How far predictions may be apart, in the target's unit or as a probability.</param>
    /// <param name="atLeast">The share of rows in (0, 1] that must hold it.</param>
    public BehaviourBuilder<TRow> Invariant<T>(
        Expression<Func<TRow, T>> column, IReadOnlyList<T>? values = null, double tolerance = 0, double atLeast = 1)
    {
        var (rule, nodes) = (Rule(column), (values ?? []).Select(value => Node(value)).ToList());
        if (nodes.Count == 0)
        {
            nodes = [.. (rule.Categories ?? (rule.Kind == FieldKind.Flag ? ["0", "1"] : [])).Select(text => (JsonNode)text)];
        }

        if (nodes.Count < 2)
        {
            Add(nameof(Invariant), rule.Name, "two values or more, or a column with categories");
        }

        RequireShare(nameof(Invariant), atLeast);
        return With(new Invariance(rule.Name, nodes, tolerance, atLeast));
    }

    /// <summary>Where a column grows, what is predicted does not fall.</summary>
    /// <param name="column">A column of numbers.</param>
    /// <param name="within">Values that it holds for; the contract's range when left out.</param>
    /// <param name="by">How much is added to a row's own value; a tenth of the range when left out.</param>
    /// <param name="tolerance">How far a prediction may go the other way.</param>
    /// <param name="atLeast">The share of rows in (0, 1] that must hold it.</param>
    public BehaviourBuilder<TRow> Increasing<T>(
        Expression<Func<TRow, T>> column, (double From, double To)? within = null, double? by = null, double tolerance = 0,
        double atLeast = 1) => Direction(nameof(Increasing), Rule(column), 1, within, by, tolerance, atLeast);

    /// <summary>Where a column grows, what is predicted does not rise.</summary>
    /// <inheritdoc cref="Increasing"/>
    public BehaviourBuilder<TRow> Decreasing<T>(
        Expression<Func<TRow, T>> column, (double From, double To)? within = null, double? by = null, double tolerance = 0,
        double atLeast = 1) => Direction(nameof(Decreasing), Rule(column), -1, within, by, tolerance, atLeast);

    /// <summary>Without a column the model gets worse by no more than a part, by the first gate's metric.</summary>
    /// <param name="column">A column that may be missing.</param>
    /// <param name="worseAtMost">That part, above 0; 0.2 is a fifth.</param>
    public BehaviourBuilder<TRow> Without<T>(Expression<Func<TRow, T>> column, double worseAtMost)
    {
        RequirePart(nameof(Without), worseAtMost);
        return With(new StressedColumn(Rule(column).Name, null, worseAtMost));
    }

    /// <summary>With everything in a column shifted the model gets worse by no more than a part, by the first gate's metric.</summary>
    /// <param name="column">A column of numbers.</param>
    /// <param name="by">What is added.</param>
    /// <param name="worseAtMost">That part, above 0; 0.2 is a fifth.</param>
    public BehaviourBuilder<TRow> Shifted<T>(Expression<Func<TRow, T>> column, double by, double worseAtMost)
    {
        RequirePart(nameof(Shifted), worseAtMost);
        RequireNumbers(nameof(Shifted), Rule(column));
        return With(new StressedColumn(Rule(column).Name, by, worseAtMost));
    }

    private static JsonNode Node<T>(T value) => JsonSerializer.SerializeToNode(value, CanonicalJson.Options) ?? JsonValue.Create("");

    private BehaviourBuilder<TRow> Direction(
        string where, FieldRule rule, int sign, (double From, double To)? within, double? by, double tolerance, double atLeast)
    {
        RequireShare(where, atLeast);
        RequireNumbers(where, rule);
        var range = within ?? (rule is { Minimum: { } low, Maximum: { } high } ? (low, high) : (double.NaN, double.NaN));
        var step = by ?? ((range.Item2 - range.Item1) / 10);
        if (!(range.Item2 > range.Item1) || !(step > 0))
        {
            Add(where, rule.Name, "a range, and a step above 0: within: (from, to), by: …, or [Range] on the property");
        }

        // A whole number grows by whole numbers.
        step = rule.Kind == FieldKind.Whole ? Math.Max(1, Math.Round(step)) : step;
        return With(new ExpectedDirection(rule.Name, sign, step, range, tolerance, atLeast));
    }

    private FieldRule Rule(LambdaExpression selector)
    {
        if (_contract.Taken(selector.Body) is not { } column)
        {
            Add(nameof(Rule), selector.ToString(), "x => x.Property");
            return _contract.Columns[0].Rule;
        }

        if (column.Role != ColumnRole.Feature)
        {
            Add(nameof(Rule), column.Name, "a column that is known when predicting");
        }

        return column.Rule;
    }

    private void RequireNumbers(string where, FieldRule rule)
    {
        if (rule.Kind is not (FieldKind.Real or FieldKind.Whole) || rule.Categories != null)
        {
            Add(where, rule.Name, "a column of numbers");
        }
    }

    private void RequireShare(string where, double share)
    {
        if (share is not (> 0 and <= 1))
        {
            Add(where, FormattableString.Invariant($"atLeast: {share}"), "above 0 and at most 1");
        }
    }

    private void RequirePart(string where, double part)
    {
        if (!(part > 0) || !double.IsFinite(part))
        {
            Add(where, FormattableString.Invariant($"worseAtMost: {part}"), "above 0, for example 0.2");
        }
    }

    private void Add(string where, string value, string expected) => _findings.Add(new(
        "MLB2050", "No behaviour can be tested so", $".Behaviour(t => t.{where}(…))", value, expected, "correct the test"));

    private BehaviourBuilder<TRow> With(BehaviourTest test)
    {
        _tests.Add(test);
        return this;
    }
}
