namespace Poolhouse.Conformance.Browser;

/// <summary>What a visitor looks at.</summary>
public enum Screen
{
    /// <summary>1,280 by 800, with a mouse.</summary>
    Desktop,

    /// <summary>390 by 844, with fingers.</summary>
    Phone,

    /// <summary>320 pixels wide: the narrowest that WCAG 2.2 §1.4.10 asks for.</summary>
    Narrow,
}
