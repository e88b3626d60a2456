using System.Text.Json.Serialization;

namespace MlOpsBuild.Modeling.Tuning;

/// <summary>What a pipeline lets <c>Tune</c> choose for one of its parameters.</summary>
/// <param name="Name">The parameter, as <c>--set</c> calls it.</param>
/// <param name="Default">Its value when nobody chooses.</param>
[JsonDerivedType(typeof(NumberRange), "number")]
[JsonDerivedType(typeof(ChoiceRange), "choice")]
public abstract record SearchRange(string Name, string Default)
{
    /// <summary>The range in words, for example <c>20 to 400, by factors</c>.</summary>
    public abstract string Describe();
}
