using System.Globalization;
using System.Linq.Expressions;
using MlOpsBuild.Core;
using MlOpsBuild.Core.Fields;
using MlOpsBuild.Data.Contracts;

namespace MlOpsBuild.Data.Expectations;

/// <summary>Reads a formula from a lambda, so that it can be written down, compared and checked on columns.</summary>
internal sealed class FormulaReader(DataContract contract)
{
    /// <summary>The formula.</summary>
    /// <exception cref="UsageException">The lambda does more than a formula can.</exception>
    public RowFormula Read(LambdaExpression rule) => Read(rule.Body, null);

    private RowFormula Read(Expression part, ColumnContract? beside) => part switch
    {
        UnaryExpression { NodeType: ExpressionType.Convert or ExpressionType.ConvertChecked } converted => Read(converted.Operand, beside),
        UnaryExpression { NodeType: ExpressionType.Not } negated =>
            new OperationValue(FormulaOperator.Equal, Read(negated.Operand, null), new ConstantValue(0)),
        UnaryExpression { NodeType: ExpressionType.Negate } negative =>
            new OperationValue(FormulaOperator.Subtract, new ConstantValue(0), Read(negative.Operand, null)),
        BinaryExpression both => Read(both),
        MemberExpression { Member.Name: "Value", Expression: MemberExpression nullable } when ColumnOf(nullable) != null =>
            Read(nullable, beside),
        MemberExpression when ColumnOf(part) is { } column => column.Rule.Kind == FieldKind.Text
            ? throw Refused(part, "a free text has no number")
            : new ColumnValue(column.Name),
        _ when !Parameters.AnyIn(part) => Constant(Number(Expression.Lambda(part).Compile().DynamicInvoke(), beside, part), part),
        _ => throw Refused(part, "columns, numbers, + − × ÷, comparisons, && || !"),
    };

    private OperationValue Read(BinaryExpression both)
    {
        var (left, right) = (Read(both.Left, ColumnOf(both.Right)), Read(both.Right, ColumnOf(both.Left)));
        return both.NodeType switch
        {
            ExpressionType.Add or ExpressionType.AddChecked => new(FormulaOperator.Add, left, right),
            ExpressionType.Subtract or ExpressionType.SubtractChecked => new(FormulaOperator.Subtract, left, right),
            ExpressionType.Multiply or ExpressionType.MultiplyChecked => new(FormulaOperator.Multiply, left, right),
            ExpressionType.Divide => new(FormulaOperator.Divide, left, right),
            ExpressionType.Equal => new(FormulaOperator.Equal, left, right),
            ExpressionType.NotEqual => new(FormulaOperator.NotEqual, left, right),
            ExpressionType.LessThan => new(FormulaOperator.Less, left, right),
            ExpressionType.LessThanOrEqual => new(FormulaOperator.LessOrEqual, left, right),
            ExpressionType.GreaterThan => new(FormulaOperator.Less, right, left),
            ExpressionType.GreaterThanOrEqual => new(FormulaOperator.LessOrEqual, right, left),
            ExpressionType.AndAlso or ExpressionType.And => new(FormulaOperator.And, left, right),
            ExpressionType.OrElse or ExpressionType.Or => new(FormulaOperator.Or, left, right),
            _ => throw Refused(both, "+ − × ÷, comparisons, && ||"),
        };
    }

    private ColumnContract? ColumnOf(Expression part)
    {
        while (part is UnaryExpression { NodeType: ExpressionType.Convert or ExpressionType.ConvertChecked } converted)
        {
            part = converted.Operand;
        }

        return part is MemberExpression { Expression: ParameterExpression } member ? contract.OfProperty(member.Member.Name) : null;
    }

    private static double Number(object? value, ColumnContract? beside, Expression part) => value switch
    {
        bool flag => flag ? 1 : 0,
        DateOnly day => day.DayNumber,
        DateTime time => Days.Of(time),
        string or Enum when beside?.Rule.Categories is { } categories => categories.Index()
            .Where(category => category.Item == value.ToString())
            .Select(category => (double)category.Index)
            .FirstOrDefault(double.NaN),
        int when beside is { Rule.Kind: FieldKind.Category } => Convert.ToDouble(value, CultureInfo.InvariantCulture),
        IConvertible and not string => Convert.ToDouble(value, CultureInfo.InvariantCulture),
        _ => throw Refused(part, "a number, a date, true, false, or a category"),
    };

    // Nothing is smaller than NaN, nor larger: such a rule holds whatever the rows are. A category that is none is NaN, too.
    private static ConstantValue Constant(double value, Expression part) =>
        double.IsNaN(value) ? throw Refused(part, "a number that is one, or a category of the column") : new(value);

    private static UsageException Refused(Expression part, string expected) => new(new Finding(
        "MLB1018", "This rule cannot be checked", "the contract", part.ToString() is { Length: > 200 } text ? text[..200] : part.ToString(),
        expected, "write it with columns and numbers only"));

    private sealed class Parameters : ExpressionVisitor
    {
        private bool _any;

        public static bool AnyIn(Expression part)
        {
            var visitor = new Parameters();
            visitor.Visit(part);
            return visitor._any;
        }

        protected override Expression VisitParameter(ParameterExpression node)
        {
            _any = true;
            return node;
        }
    }
}
