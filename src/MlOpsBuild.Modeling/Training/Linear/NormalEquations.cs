using System.Globalization;
using MathNet.Numerics.LinearAlgebra;
using MlOpsBuild.Core;

namespace MlOpsBuild.Modeling.Training.Linear;

/// <summary>
/// Ridge regression by the centred normal equations (Hastie, Tibshirani and Friedman 2009, section 3.4.1). Sums run in row
/// order on one thread, so that the bytes of the result do not depend on the machine's cores.
/// </summary>
internal sealed class NormalEquations(int width)
{
    private const int Widest = 10_000;
    private readonly double[] _products = new double[width * width];
    private readonly double[] _sums = new double[width];
    private readonly double[] _withLabel = new double[width];
    private readonly List<int> _set = [];
    private double _label;
    private double _rows;

    public static (double Intercept, double[] Coefficients) Solve(TrainingRows rows, double l2, CancellationToken cancellationToken)
    {
        if (rows.Transform.Width > Widest)
        {
            throw new StageFailedException(new Finding(
                "MLB2034", "Too many columns for ridge regression", "Trainers.Linear",
                string.Create(CultureInfo.InvariantCulture, $"{rows.Transform.Width}"),
                string.Create(CultureInfo.InvariantCulture, $"at most {Widest}"), "take fewer terms or buckets, or trees"));
        }

        var sums = new NormalEquations(rows.Transform.Width);
        foreach (var (position, design) in rows.Designs())
        {
            cancellationToken.ThrowIfCancellationRequested();
            sums.Add(design, rows.Labels[position], rows.Weights?[position] ?? 1);
        }

        return sums.Solve(l2);
    }

    public void Add(double[] design, double label, double weight = 1)
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
            var weighted = design[i] * weight;
            _sums[i] += weighted;
            _withLabel[i] += weighted * label;
            foreach (var j in _set)
            {
                _products[(i * width) + j] += weighted * design[j];
            }
        }

        _label += weight * label;
        _rows += weight;
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
                [new(
                    "MLB2035", "The normal equations are not positive definite", "Trainers.Linear", problem.Message,
                    "finite features and enough rows", "raise l2, or look for missing or constant features")],
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
