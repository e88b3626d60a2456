using MlOpsBuild.Data.Tables;

namespace MlOpsBuild.Data.Expectations;

/// <summary>What is made of two formulas.</summary>
/// <param name="Operator">What.</param>
/// <param name="Left">The first.</param>
/// <param name="Right">The second.</param>
public sealed record OperationValue(FormulaOperator Operator, RowFormula Left, RowFormula Right) : RowFormula
{
    private const double Tolerance = 1e-9;

    internal override double Of(DataTable table, int row)
    {
        var (left, right) = (Left.Of(table, row), Right.Of(table, row));
        return Operator switch
        {
            // One side that decides does so whatever the other one is.
            FormulaOperator.And when left == 0 || right == 0 => 0,
            FormulaOperator.Or when left == 1 || right == 1 => 1,
            _ when double.IsNaN(left) || double.IsNaN(right) => double.NaN,
            FormulaOperator.Add => left + right,
            FormulaOperator.Subtract => left - right,
            FormulaOperator.Multiply => left * right,
            FormulaOperator.Divide => left / right,
            FormulaOperator.Equal => Truth(AreEqual(left, right)),
            FormulaOperator.NotEqual => Truth(!AreEqual(left, right)),
            FormulaOperator.Less => Truth(left < right && !AreEqual(left, right)),
            FormulaOperator.LessOrEqual => Truth(left <= right || AreEqual(left, right)),
            FormulaOperator.And => 1,
            _ => 0,
        };
    }

    private static double Truth(bool holds) => holds ? 1 : 0;

    private static bool AreEqual(double left, double right) =>
        Math.Abs(left - right) <= Tolerance * Math.Max(Math.Abs(left), Math.Abs(right));
}
