using MathNet.Numerics.LinearAlgebra;
using MlOpsBuild.Core;
using MlOpsBuild.Core.Fields;
using MlOpsBuild.Data.Tables;
using MlOpsBuild.Modeling.Features;
using MlOpsBuild.Scoring;

namespace MlOpsBuild.Modeling.Training;

/// <summary>
/// Ridge regression by the centred normal equations (Hastie, Tibshirani and Friedman 2009, section 3.4.1). Sums run in row
/// order on one thread, so that the bytes of the result do not depend on the machine's cores.
/// </summary>
internal sealed class RidgeTrainer(double l2) : ITrainer
{
    public TrainedModel Train(DataTable rows, IReadOnlyList<FeatureSpec> features, TargetTransform scale, CancellationToken cancellationToken)
    {
        var fields = FeatureFitter.Fields(features, rows);
        var transform = FeatureFitter.Fit(features, fields, rows);
        var sums = new NormalEquations(transform.Width);
        var design = new double[transform.Width];
        foreach (var (row, label) in Rows(rows, fields))
        {
            cancellationToken.ThrowIfCancellationRequested();
            transform.Write(row, design);
            var target = scale == TargetTransform.Log1p ? Math.Log(1 + label) : label;
            sums.Add(design, double.IsFinite(target) ? target : throw NoTarget(rows.Contract.Label.Name, label, scale));
        }

        var (intercept, coefficients) = sums.Solve(l2);
        return new LinearModel
        {
            Target = rows.Contract.Label.Name,
            Fields = fields,
            Scale = scale,
            Transform = transform,
            Intercept = intercept,
            Coefficients = coefficients,
        };
    }

    /// <summary>Rows in field order with their label.</summary>
    public static IEnumerable<(double[] Row, double Label)> Rows(DataTable table, IReadOnlyList<FieldRule> fields)
    {
        var columns = fields.Select(field => table.Columns[field.Name]).ToArray();
        for (var i = 0; i < table.Rows; i++)
        {
            var row = new double[columns.Length];
            for (var j = 0; j < columns.Length; j++)
            {
                row[j] = columns[j][i];
            }

            yield return (row, table.Label[i]);
        }
    }

    private static StageFailedException NoTarget(string column, double label, TargetTransform scale) => new(new Finding(
        "A label cannot be fitted", $"column {column}", label.ToString(System.Globalization.CultureInfo.InvariantCulture),
        scale == TargetTransform.Log1p ? "a number above −1, since the target is ln(1 + y)" : "a number", "correct the row, or give the column a range in the contract"));

    private sealed class NormalEquations(int width)
    {
        private readonly double[] _products = new double[width * width];
        private readonly double[] _sums = new double[width];
        private readonly double[] _withLabel = new double[width];
        private readonly List<int> _set = [];
        private double _label;
        private int _rows;

        public void Add(double[] design, double label)
        {
            _set.Clear();
            for (var i = 0; i < width; i++)
            {
                if (design[i] != 0)
                {
                    _set.Add(i);
                }
            }

            foreach (var i in _set)
            {
                _sums[i] += design[i];
                _withLabel[i] += design[i] * label;
                foreach (var j in _set)
                {
                    _products[(i * width) + j] += design[i] * design[j];
                }
            }

            _label += label;
            _rows++;
        }

        public (double Intercept, double[] Coefficients) Solve(double l2)
        {
            var matrix = Matrix<double>.Build.Dense(width, width, (i, j) =>
                _products[(i * width) + j] - (_sums[i] * _sums[j] / _rows) + (i == j ? l2 : 0));
            var right = Vector<double>.Build.Dense(width, i => _withLabel[i] - (_sums[i] * _label / _rows));
            double[] coefficients;
            try
            {
                coefficients = matrix.Cholesky().Solve(right).ToArray();
            }
            catch (ArgumentException problem)
            {
                throw new StageFailedException(
                    "Training did not converge",
                    [new("The normal equations are not positive definite", "Trainers.Linear", problem.Message, "finite features and enough rows", "raise l2, or look for missing or constant features")],
                    Verdict.Error,
                    problem);
            }

            var intercept = _label;
            for (var i = 0; i < width; i++)
            {
                intercept -= coefficients[i] * _sums[i];
            }

            return (intercept / _rows, coefficients);
        }
    }
}
