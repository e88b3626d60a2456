using MlOpsBuild.Core;

namespace MlOpsBuild.Modeling.Experiments;

/// <summary>Declares how versions are compared on a business metric.</summary>
public sealed class ExperimentBuilder
{
    private const double AllPercent = 100;

    internal ExperimentBuilder(string metric) => Policy = new(metric);

    internal ExperimentPolicy Policy { get; private set; }

    /// <summary>Less of the metric is better.</summary>
    public ExperimentBuilder LowerIsBetter() => With(Policy with { Direction = Direction.LowerIsBetter });

    /// <summary>What counts of a unit is whether there was any outcome.</summary>
    public ExperimentBuilder Converts() => With(Policy with { Quantity = ExperimentQuantity.Conversion });

    /// <summary>What counts is the sum of the outcomes over that of <paramref name="metric"/>, for example revenue per order.</summary>
    public ExperimentBuilder Per(string metric) => With(Policy with { Quantity = ExperimentQuantity.Ratio, Per = metric });

    /// <summary>The smallest effect that must be seen, and up to which difference versions are the same, as parts of the mean.</summary>
    /// <param name="relative">The effect, for example 0.02.</param>
    /// <param name="margin">The margin; as much as must be seen when left out.</param>
    public ExperimentBuilder Detect(double relative, double? margin = null) =>
        With(Policy with { Detect = relative, Margin = margin, Relative = true });

    /// <summary>The same in the metric's own unit.</summary>
    public ExperimentBuilder DetectAbsolute(double effect, double? margin = null) =>
        With(Policy with { Detect = effect, Margin = margin, Relative = false });

    /// <summary>Probability of seeing a difference where there is none, and of seeing the smallest one that must be seen.</summary>
    public ExperimentBuilder Risk(double alpha = 0.05, double power = 0.8) => With(Policy with { Alpha = alpha, Power = power });

    /// <summary>Says what it found once, after so many units; nothing is told of the difference until then.</summary>
    /// <param name="units">Units of both arms; as many as the power asks when left out.</param>
    public ExperimentBuilder FixedHorizon(int? units = null) =>
        With(Policy with { Design = ExperimentDesign.FixedHorizon, Units = units });

    /// <summary>May be looked at, and ended, at any time.</summary>
    /// <param name="units">Units of both arms that it is made for; as many as the power asks when left out.</param>
    public ExperimentBuilder AlwaysValid(int? units = null) =>
        With(Policy with { Design = ExperimentDesign.AlwaysValid, Units = units });

    /// <summary>How long a unit's outcomes count, from its first request on.</summary>
    public ExperimentBuilder Window(TimeSpan window) => With(Policy with { Window = window });

    /// <summary>How long before the test the same outcomes are what is known of a unit before (CUPED).</summary>
    public ExperimentBuilder Before(TimeSpan period) => With(Policy with { Before = period });

    /// <summary>Uses nothing of what was known of a unit before.</summary>
    public ExperimentBuilder WithoutBefore() => With(Policy with { Before = null });

    /// <summary>The request header that names the unit: the user, and not the request.</summary>
    public ExperimentBuilder Unit(string header) => With(Policy with { UnitHeader = header });

    /// <summary>Share of units, in (0, 1), that get the version on test.</summary>
    public ExperimentBuilder Share(double share) => With(Policy with { Percent = share * AllPercent });

    /// <summary>Cuts what one unit may count for, in both arms.</summary>
    public ExperimentBuilder CapAt(double atMost) => With(Policy with { Cap = atMost });

    /// <summary>What is expected of the metric, where no outcomes were seen before the test.</summary>
    public ExperimentBuilder Expecting(double mean, double deviation) =>
        With(Policy with { ExpectedMean = mean, ExpectedDeviation = deviation });

    private ExperimentBuilder With(ExperimentPolicy policy)
    {
        Policy = policy;
        return this;
    }
}
