using System.Globalization;
using System.Text;
using MlOpsBuild.Core;
using MlOpsBuild.Data.Simulation;

namespace Pipelines;

/// <summary>
/// Customers in households: who pays by the month leaves when there are complaints or early on, who uses it hardly or all the time leaves,
/// and what is missing tells a little.
/// </summary>
public sealed record CustomerSimulation : Simulator
{
    private const int PerHousehold = 3;
    private static readonly string[] Plans = ["basic", "plus", "pro"];
    private static readonly double[] Fees = [15, 30, 55];

    /// <summary>Seed of all randomness.</summary>
    /// <value>1.</value>
    public long Seed { get; init; } = 1;

    /// <summary>Number of customers.</summary>
    /// <value>6,000.</value>
    public int Customers { get; init; } = 6000;

    /// <inheritdoc />
    public override string Describe() => "customers";

    /// <inheritdoc />
    public override byte[] Write()
    {
        var random = new SplitMix64((ulong)Seed);
        var text = new StringBuilder("CustomerId,Household,Plan,Term,Age,MonthsWithUs,MonthlyFee,Complaints,UsageChange,Left\n");
        var (household, mood) = (0, 0.0);
        for (var customer = 1; customer <= Customers; customer++)
        {
            if (customer % PerHousehold == 1)
            {
                (household, mood) = (household + 1, 0.4 * random.NextNormal());
            }

            Append(text, customer, household, mood, random);
        }

        return Encoding.UTF8.GetBytes(text.ToString());
    }

    private static void Append(StringBuilder text, int customer, int household, double mood, SplitMix64 random)
    {
        var (plan, yearly) = (random.NextInt(Plans.Length), random.NextDouble() < 0.4);
        var age = 18 + (int)(60 * random.NextDouble());
        var months = (int)(24 * random.NextExponential());
        var complaints = (int)(1.2 * random.NextExponential());
        var usage = Math.Round(random.NextDouble(), 3);
        var fee = Math.Round(Fees[plan] * (0.8 + (0.4 * random.NextDouble())), 2);
        var (agelessly, unused) = (random.NextDouble() < 0.15, random.NextDouble() < 0.1);
        var leaning = mood - 2.1 + (complaints > 1 ? yearly ? 0.4 : 2.6 : 0) + (months < 6 && !yearly ? 1.5 : months > 36 ? -0.8 : 0)
            + (usage is < 0.15 or > 0.9 ? 1.6 : 0) + (fee > 50 && months < 12 ? 1 : 0) + (unused ? 0.9 : 0);
        var left = random.NextDouble() < 1 / (1 + Math.Exp(-leaning));
        text
            .Append(
                CultureInfo.InvariantCulture,
                $"{customer},{household},{(random.NextDouble() < 0.05 ? "" : Plans[plan])},{(yearly ? "yearly" : "monthly")},{(agelessly ? "" : age)},")
            .Append(
                CultureInfo.InvariantCulture,
                $"{Math.Min(months, 600)},{fee},{Math.Min(complaints, 100)},{(unused ? "" : usage)},{(left ? "yes" : "no")}\n");
    }
}
