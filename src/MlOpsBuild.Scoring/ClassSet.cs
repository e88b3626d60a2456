using System.Text.Json.Serialization;

namespace MlOpsBuild.Scoring;

/// <summary>
/// The classes that a model tells apart. A class's number, everywhere, is its position here; of two, the second one is the positive class.
/// </summary>
/// <param name="Names">At least two, as they are written in data and answers.</param>
/// <param name="Threshold">Of two classes: the positive one is answered from this probability on.</param>
public sealed record ClassSet(IReadOnlyList<string> Names, double Threshold = 0.5)
{
    /// <summary>Whether there are two.</summary>
    [JsonIgnore]
    public bool IsBinary => Names.Count == 2;

    /// <summary>How many numbers a prediction is.</summary>
    [JsonIgnore]
    public int Width => IsBinary ? 1 : Names.Count;

    /// <summary>The class that is answered; of equal probabilities the first.</summary>
    public int Choose(Prediction prediction)
    {
        if (prediction.Count == 1)
        {
            return prediction.Value >= Threshold ? 1 : 0;
        }

        var best = 0;
        for (var position = 1; position < prediction.Count; position++)
        {
            best = prediction[position] > prediction[best] ? position : best;
        }

        return best;
    }

    /// <summary>The class called <paramref name="name"/>, or null. A flag may be written 0 and 1 as well.</summary>
    public int? IndexOf(string name)
    {
        for (var position = 0; position < Names.Count; position++)
        {
            if (Names[position] == name)
            {
                return position;
            }
        }

        return Names.Contains("true") && name is ("0" or "1") ? IndexOf(name == "1" ? "true" : "false") : null;
    }

    /// <summary>Equal names in equal order, and an equal threshold.</summary>
    public bool Equals(ClassSet? other) =>
        other != null && Threshold.Equals(other.Threshold) && Names.SequenceEqual(other.Names, StringComparer.Ordinal);

    /// <inheritdoc />
    public override int GetHashCode() => Names.Aggregate(Threshold.GetHashCode(), (hash, name) => HashCode.Combine(hash, name));
}
