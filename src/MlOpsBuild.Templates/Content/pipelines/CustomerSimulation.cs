using System.Globalization;
using System.Text;
using MlOpsBuild.Core;
using MlOpsBuild.Data.Simulation;

/// <summary>Makes customers until there are real ones; every output says that they are simulated.</summary>
public sealed record CustomerSimulation : Simulator
{
    public int Customers { get; init; } = 4000;

    public override string Describe() => "customers";

    public override byte[] Write()
    {
        var random = new SplitMix64(1);
        var text = new StringBuilder("CustomerId,Plan,Months,Fee,Complaints,Left\n");
        for (var customer = 1; customer <= Customers; customer++)
        {
            var (plan, months, complaints) =
                (random.NextInt(4), (int)(24 * random.NextExponential()), (int)(1.2 * random.NextExponential()));
            var fee = 15 + (20 * Math.Min(plan, 2)) + (10 * random.NextDouble());
            var leaning = -1.5 + (complaints > 1 ? 2 : 0) + (months < 6 ? 1.2 : 0) + (fee > 50 ? 0.6 : 0);
            var left = random.NextDouble() < 1 / (1 + Math.Exp(-leaning));
            var name = plan switch { 0 => "basic", 1 => "plus", 2 => "pro", _ => "" };
            text.Append(
                CultureInfo.InvariantCulture,
                $"{customer},{name},{Math.Min(months, 600)},{(random.NextDouble() < 0.1 ? "" : fee.ToString("0.00", CultureInfo.InvariantCulture))},{Math.Min(complaints, 100)},{(left ? "yes" : "no")}\n");
        }

        return Encoding.UTF8.GetBytes(text.ToString());
    }
}
