using MlOpsBuild.Scoring;

namespace MlOpsBuild.Modeling.Calibrating;

/// <summary>
/// Fits a logistic curve to log-odds by maximum likelihood, with Platt's targets instead of 0 and 1 (Platt 1999), by Newton's method with
/// backtracking (Lin, Lin and Weng 2007).
/// </summary>
internal static class PlattScaling
{
    private const int Most = 100;
    private const double Close = 1e-10;
    private const double Smallest = 1e-10;
    private const double Ridge = 1e-12;

    /// <summary>The curve; its slope is never below 0, which would turn the order round.</summary>
    /// <param name="probabilities">What the model said.</param>
    /// <param name="happened">Whether it happened.</param>
    public static ProbabilityMap Fit(IReadOnlyList<double> probabilities, IReadOnlyList<bool> happened)
    {
        double[] odds = [.. probabilities.Select(ProbabilityMap.LogOdds)];
        var positive = happened.Count(yes => yes);
        var (yes, no) = ((positive + 1.0) / (positive + 2.0), 1.0 / (happened.Count - positive + 2.0));
        double[] targets = [.. happened.Select(did => did ? yes : no)];
        var (slope, offset) = (0.0, Math.Log((positive + 1.0) / (happened.Count - positive + 1.0)));
        var loss = Loss(odds, targets, slope, offset);
        for (var turn = 0; turn < Most; turn++)
        {
            var (g1, g2, h11, h12, h22) = Derivatives(odds, targets, slope, offset);
            if (Math.Abs(g1) < Close && Math.Abs(g2) < Close)
            {
                break;
            }

            var determinant = (h11 * h22) - (h12 * h12);
            var (down, right) = (-((h22 * g1) - (h12 * g2)) / determinant, -((h11 * g2) - (h12 * g1)) / determinant);
            var step = 1.0;
            for (; step >= Smallest; step /= 2)
            {
                var tried = Loss(odds, targets, slope + (step * down), offset + (step * right));
                if (tried < loss + (0.0001 * step * ((g1 * down) + (g2 * right))))
                {
                    (slope, offset, loss) = (slope + (step * down), offset + (step * right), tried);
                    break;
                }
            }

            if (step < Smallest)
            {
                break;
            }
        }

        return new(Math.Max(slope, 0), offset, null, null);
    }

    private static double Loss(double[] odds, double[] targets, double slope, double offset)
    {
        var sum = 0.0;
        for (var row = 0; row < odds.Length; row++)
        {
            var value = (slope * odds[row]) + offset;

            // ln(1 + e^v) − t v, without overflow.
            sum += Math.Max(value, 0) + Math.Log(1 + Math.Exp(-Math.Abs(value))) - (targets[row] * value);
        }

        return sum;
    }

    private static (double G1, double G2, double H11, double H12, double H22) Derivatives(
        double[] odds, double[] targets, double slope, double offset)
    {
        var (g1, g2, h11, h12, h22) = (0.0, 0.0, Ridge, 0.0, Ridge);
        for (var row = 0; row < odds.Length; row++)
        {
            var probability = 1 / (1 + Math.Exp(-((slope * odds[row]) + offset)));
            var (apart, weight) = (probability - targets[row], probability * (1 - probability));
            g1 += apart * odds[row];
            g2 += apart;
            h11 += weight * odds[row] * odds[row];
            h12 += weight * odds[row];
            h22 += weight;
        }

        return (g1, g2, h11, h12, h22);
    }
}
