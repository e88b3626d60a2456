using MathNet.Numerics.LinearAlgebra;
using MathNet.Numerics.Optimization;
using MlOpsBuild.Core;
using MlOpsBuild.Scoring;

namespace MlOpsBuild.Modeling.Training.Linear;

/// <summary>
/// Logistic and softmax regression: minimises the sum of log-losses plus half of <c>l2</c> times the squared coefficients, intercepts free
/// (scikit-learn's <c>LogisticRegression(C = 1 / l2)</c>), by L-BFGS (Liu and Nocedal 1989) from zero. Sums run in row order on one thread.
/// </summary>
internal sealed class LogLossFit
{
    private const int Memory = 20;
    private const int MostIterations = 10_000;
    private readonly (int[] Columns, double[] Values, int Label, double Weight)[] _rows;
    private readonly int _outputs;
    private readonly int _width;
    private readonly double _l2;

    /// <param name="rows">Rows whose labels are positions of classes.</param>
    /// <param name="outputs">1 for two classes, else the number of classes.</param>
    /// <param name="l2">Ridge strength.</param>
    public LogLossFit(TrainingRows rows, int outputs, double l2)
    {
        (_outputs, _width, _l2, _rows) = (outputs, rows.Transform.Width, l2, new (int[], double[], int, double)[rows.Count]);
        foreach (var (position, design) in rows.Designs())
        {
            int[] columns = [.. Enumerable.Range(0, design.Length).Where(column => design[column] != 0)];
            _rows[position] =
                (columns, [.. columns.Select(column => design[column])], (int)rows.Labels[position], rows.Weights?[position] ?? 1);
        }
    }

    /// <summary>Intercept and coefficients of each output.</summary>
    /// <exception cref="StageFailedException">It does not converge.</exception>
    public IReadOnlyList<(double Intercept, double[] Coefficients)> Solve(CancellationToken cancellationToken)
    {
        var objective = ObjectiveFunction.Gradient(point =>
        {
            cancellationToken.ThrowIfCancellationRequested();
            return Loss(point);
        });
        Vector<double> found;
        try
        {
            found = new LimitedMemoryBfgsMinimizer(1e-7, 1e-12, 1e-14, Memory, MostIterations)
                .FindMinimum(objective, Vector<double>.Build.Dense(_outputs * (_width + 1))).MinimizingPoint;
        }
        catch (Exception problem) when (problem is OptimizationException or ArithmeticException)
        {
            throw new StageFailedException(
                "Training did not converge",
                [new(
                    "MLB2033", "The log-loss has no minimum that was found", "Trainers.Linear", problem.Message,
                    "finite features and l2 above 0", "raise l2, or look for features of very different size")],
                Verdict.Error,
                problem);
        }

        return [.. Enumerable.Range(0, _outputs)
            .Select(output => (found[output * (_width + 1)], found.SubVector((output * (_width + 1)) + 1, _width).ToArray()))];
    }

    private (double, Vector<double>) Loss(Vector<double> point)
    {
        var (weights, gradient, scores, loss) = (point.AsArray(), new double[point.Count], new double[_outputs], 0.0);
        foreach (var (columns, values, label, weight) in _rows)
        {
            for (var output = 0; output < _outputs; output++)
            {
                var start = output * (_width + 1);
                scores[output] = weights[start];
                for (var i = 0; i < columns.Length; i++)
                {
                    scores[output] += weights[start + 1 + columns[i]] * values[i];
                }
            }

            loss += weight * (_outputs == 1 ? Two(scores, label) : Many(scores, label));
            for (var output = 0; output < _outputs; output++)
            {
                var (start, slope) = (output * (_width + 1), weight * scores[output]);
                gradient[start] += slope;
                for (var i = 0; i < columns.Length; i++)
                {
                    gradient[start + 1 + columns[i]] += slope * values[i];
                }
            }
        }

        for (var i = 0; i < weights.Length; i++)
        {
            if (i % (_width + 1) != 0)
            {
                loss += _l2 / 2 * weights[i] * weights[i];
                gradient[i] += _l2 * weights[i];
            }
        }

        return (loss, Vector<double>.Build.Dense(gradient));
    }

    // Each leaves probability minus label in place of the score, and gives the loss.
    private static double Two(double[] scores, int label)
    {
        var score = scores[0];
        scores[0] = (1 / (1 + Math.Exp(-score))) - label;
        return Math.Max(score, 0) - (score * label) + Math.Log(1 + Math.Exp(-Math.Abs(score)));
    }

    private static double Many(double[] scores, int label)
    {
        var own = scores[label];
        var all = Softmax.Apply(scores);
        scores[label]--;
        return all - own;
    }
}
