using System.ComponentModel;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Reflection;

namespace MlOpsBuild.Engine.Tooling;

/// <summary>
/// A choice among texts: a class with one static field for each, such as
/// <c>public static Configuration Debug = new() { Value = nameof(Debug) };</c>. As a parameter it is given by its text, in any case. Our
/// own builds declare an enum.
/// </summary>
public abstract class Enumeration
{
    /// <summary>The text.</summary>
    protected string Value { get; set; } = "";

    /// <summary>The text.</summary>
    [return: NotNullIfNotNull(nameof(value))]
    public static implicit operator string?(Enumeration? value) => value?.Value;

    /// <summary>Same kind and text.</summary>
    public static bool operator ==(Enumeration? a, Enumeration? b) => Equals(a, b);

    /// <summary>Another kind or text.</summary>
    public static bool operator !=(Enumeration? a, Enumeration? b) => !Equals(a, b);

    /// <inheritdoc />
    public override bool Equals(object? obj) => obj is Enumeration other && other.GetType() == GetType() && Equals(other);

    /// <inheritdoc />
    public override int GetHashCode() => Value.GetHashCode(StringComparison.Ordinal);

    /// <summary>The text.</summary>
    public override string ToString() => Value;

    /// <summary>Same text.</summary>
    protected bool Equals(Enumeration other) => Value == other.Value;

    internal static IReadOnlyList<Enumeration> Choices(Type type) => [.. type.GetFields(BindingFlags.Public | BindingFlags.Static)
        .Where(field => field.FieldType == type)
        .Select(field => (Enumeration)field.GetValue(null)!)];

    /// <summary>Text to choice.</summary>
    /// <typeparam name="T">The kind.</typeparam>
    public sealed class TypeConverter<T> : TypeConverter where T : Enumeration
    {
        /// <inheritdoc />
        public override bool CanConvertFrom(ITypeDescriptorContext? context, Type sourceType) =>
            sourceType == typeof(string) || base.CanConvertFrom(context, sourceType);

        /// <inheritdoc />
        public override object? ConvertFrom(ITypeDescriptorContext? context, CultureInfo? culture, object value) =>
            value is string text
                ? Choices(typeof(T)).FirstOrDefault(choice => choice.Value.Equals(text, StringComparison.OrdinalIgnoreCase))
                : base.ConvertFrom(context, culture, value);
    }
}
