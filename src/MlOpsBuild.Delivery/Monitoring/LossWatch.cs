namespace MlOpsBuild.Delivery.Monitoring;

/// <summary>
/// Always-valid test, in both directions, of whether a mean loss is above what is tolerated. A day is one observation, since its rows are
/// alike: x is the day's mean loss over the tolerated one, never negative. The wealth of the bet that the mean is above 1 is
/// Π (1 + λ (x − 1)), averaged over stakes λ in (0, 1]; of the bet that it is below, Π (1 + λ (1 − x)) with λ up to 1 / (c − 1) for days up
/// to c. By Ville's inequality either reaches 1/α with probability at most α when its claim is wrong, however often one looks
/// (Waudby-Smith and Ramdas 2024; Shafer and Vovk 2019).
/// </summary>
public sealed class LossWatch
{
    private static readonly double[] Stakes = [0.05, 0.1, 0.2, 0.4, 0.7, 0.95];
    private readonly double _largest;
    private readonly double[] _harm = new double[Stakes.Length];
    private readonly double[] _noHarm = new double[Stakes.Length];
    private readonly List<(DateOnly Day, double Ratio)> _days = [];

    /// <summary>A watch that begins.</summary>
    /// <param name="largest">The largest ratio that a day of a version that is as it should be reaches, above 1; days beyond it are counted
    /// in <see cref="Beyond"/>, and with one of them nothing is ever said to be well.</param>
    public LossWatch(double largest) => _largest = Math.Max(largest, 2);

    /// <summary>Days seen.</summary>
    public int Days => _days.Count;

    /// <summary>Days beyond the largest ratio.</summary>
    public int Beyond { get; private set; }

    /// <summary>ln of the wealth of the bet that the mean is above what is tolerated.</summary>
    public double LogHarm => Mixed(_harm);

    /// <summary>ln of the wealth of the bet that it is below.</summary>
    public double LogNoHarm => Beyond > 0 ? double.NegativeInfinity : Mixed(_noHarm);

    /// <summary>The day from which on the bet on harm gains most: where it most likely began; null without days.</summary>
    public DateOnly? Since
    {
        get
        {
            var (best, sum, since) = (double.NegativeInfinity, 0.0, (DateOnly?)null);
            foreach (var (day, ratio) in Enumerable.Reverse(_days))
            {
                sum += Math.Log(1 + (Stakes[^3] * (ratio - 1)));
                (best, since) = sum > best ? (sum, day) : (best, since);
            }

            return since;
        }
    }

    /// <summary>Adds a day, in their order.</summary>
    /// <param name="day">The day.</param>
    /// <param name="ratio">Its mean loss over the tolerated one, at least 0.</param>
    public void Add(DateOnly day, double ratio)
    {
        _days.Add((day, ratio));
        Beyond += ratio > _largest ? 1 : 0;
        for (var i = 0; i < Stakes.Length; i++)
        {
            _harm[i] += Math.Log(1 + (Stakes[i] * (ratio - 1)));
            _noHarm[i] += Math.Log(1 + (Stakes[i] / (_largest - 1) * (1 - Math.Min(ratio, _largest))));
        }
    }

    private static double Mixed(double[] logs)
    {
        var largest = logs.Max();
        return largest + Math.Log(logs.Average(log => Math.Exp(log - largest)));
    }
}
