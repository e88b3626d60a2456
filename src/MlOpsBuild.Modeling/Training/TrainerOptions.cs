using System.Globalization;
using MlOpsBuild.Core;

namespace MlOpsBuild.Modeling.Training;

/// <summary>Checks the options of one trainer; all problems at once.</summary>
/// <param name="trainer">As it is written in a definition, for example <c>Trainers.FastTree</c>.</param>
public sealed class TrainerOptions(string trainer)
{
    private readonly List<Finding> _findings = [];

    internal IReadOnlyList<Finding> Findings => _findings;

    /// <summary>Requires a finite number above 0.</summary>
    public TrainerOptions Positive(string name, double value) =>
        Require(name, value, double.IsFinite(value) && value > 0, "a number above 0");

    /// <summary>Requires a whole number of at least <paramref name="least"/>.</summary>
    public TrainerOptions AtLeast(string name, int value, int least) =>
        Require(name, value, value >= least, string.Create(CultureInfo.InvariantCulture, $"{least} or more"));

    /// <summary>Requires a share above 0 and up to 1.</summary>
    public TrainerOptions Share(string name, double value) => Require(name, value, value is > 0 and <= 1, "a number above 0, up to 1");

    /// <summary>Requires what <paramref name="expected"/> says of a text.</summary>
    public TrainerOptions Require(string name, string value, bool met, string expected)
    {
        if (!met)
        {
            _findings.Add(new("MLB2006", "Not a value of this option", $"{trainer}({name})", value, expected, "correct the value"));
        }

        return this;
    }

    /// <summary>Gives <paramref name="spec"/> when everything was right.</summary>
    /// <exception cref="UsageException">Something was not.</exception>
    public TrainerSpec For(TrainerSpec spec) =>
        _findings.Count == 0 ? spec : throw new UsageException($"{trainer} cannot be used like this", _findings);

    private TrainerOptions Require(string name, double value, bool met, string expected) =>
        Require(name, value.ToString(CultureInfo.InvariantCulture), met, expected);
}
