namespace MlOpsBuild.Modeling.Gates;

/// <summary>A kind of candidate beside a champion.</summary>
/// <param name="Name">In words.</param>
/// <param name="Stretch">Its errors, in units of the champion's; 1 is as good.</param>
public sealed record GateScenario(string Name, double Stretch)
{
    /// <summary>Whether it ought to be stopped.</summary>
    public bool IsHarmful => Stretch > 1;

    /// <summary>As good as the champion, and worse by more and more.</summary>
    public static IReadOnlyList<GateScenario> All { get; } =
    [
        new("errors as large", 1), new("errors 3 % larger", 1.03), new("errors 6 % larger", 1.06), new("errors 10 % larger", 1.1),
    ];
}
