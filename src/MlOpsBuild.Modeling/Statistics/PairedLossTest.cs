namespace MlOpsBuild.Modeling.Statistics;

/// <summary>
/// Always-valid test of a mean of paired differences in [−1, 1], in both directions at once: two wealth processes that bet on and
/// against the candidate, each bet fixed before its row is seen (Waudby-Smith and Ramdas 2024, "Estimating means of bounded random
/// variables by betting"). By Ville's inequality either reaches 1/α with probability at most α when its claim is wrong, however often
/// one looks.
/// </summary>
public sealed class PairedLossTest
{
    private const double LargestBet = 0.5;
    private const double PriorVariance = 0.25;
    private double _squares;

    /// <summary>Rows seen.</summary>
    public int Rows { get; private set; }

    /// <summary>Rows whose difference lay outside [−1, 1] and was cut.</summary>
    public int Clipped { get; private set; }

    /// <summary>Rows on which the candidate was worse by more than the margin.</summary>
    public int Worse { get; private set; }

    /// <summary>Sum of the differences, as cut.</summary>
    public double Sum { get; private set; }

    /// <summary>ln of the wealth of the bet that the mean is above 0: the candidate is worse.</summary>
    public double LogHarm { get; private set; }

    /// <summary>ln of the wealth of the bet that the mean is below 0: the candidate is not worse.</summary>
    public double LogNoHarm { get; private set; }

    /// <summary>Mean of the differences; 0 without rows.</summary>
    public double Mean => Rows == 0 ? 0 : Sum / Rows;

    /// <summary>Adds a row.</summary>
    /// <param name="difference">The candidate's loss minus the tolerated one, in units of the scale; cut to [−1, 1].</param>
    public void Add(double difference)
    {
        var cut = Math.Clamp(difference, -1, 1);
        var mean = Sum / (Rows + 1);
        var variance = (PriorVariance + _squares - (2 * mean * Sum) + (Rows * mean * mean)) / (Rows + 1);
        var bet = mean / (variance + (mean * mean));
        LogHarm += Math.Log(1 + (Math.Clamp(bet, 0, LargestBet) * cut));
        LogNoHarm += Math.Log(1 - (Math.Clamp(-bet, 0, LargestBet) * cut));
        Rows++;
        Clipped += cut == difference ? 0 : 1;
        Worse += cut > 0 ? 1 : 0;
        Sum += cut;
        _squares += cut * cut;
    }
}
